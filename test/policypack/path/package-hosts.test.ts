import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type PackageHost, packageHostOf } from "../../../policypack/path/package-hosts";
import { unknown } from "../rules/analyze";
import { aws, endpointOnly, plus, set, stack } from "./traps/bases";
import { type Trap, asState } from "./traps/trap";

const zone = (name: string, zoneName: unknown) => aws("route53/zone:Zone", name, { id: `Z-${name}`, name: zoneName });
const zones = plus(zone("company", "example.org."), zone("later", unknown));

function hostOf(url: string, resources: Trap["resources"] = stack(endpointOnly, zones)): PackageHost | undefined {
  const all = asState(resources);
  return packageHostOf(
    all,
    all.resources.find(({ name }) => name === "web")!,
    url,
  );
}

const internet = (name: string): PackageHost => ({ is: "internet", where: `\`${name}\`` });
const inDoubt = (name: string): PackageHost => ({ is: "unknown", where: `\`${name}\`` });
const inS3 = (bucket: string, key: string): PackageHost => ({ is: "S3", bucket, key });

describe("the host of a package URL", () => {
  it("is the name in the URL, whatever follows it", () => {
    for (const url of [
      "https://packages.example.com",
      "http://packages.example.com:8080/el9/",
      "ftp://packages.example.com/",
    ])
      deepStrictEqual(hostOf(url), internet("packages.example.com"), url);
  });

  it("does not exist in a file's URL, or in what is not a URL", () => {
    for (const text of [
      "file:///opt/repository",
      "file://localhost/opt",
      "/opt/repository",
      "see https://example.com/",
      "",
    ])
      strictEqual(hostOf(text), undefined, text);
  });

  it("is a bucket by each of the names of S3", () => {
    for (const url of [
      "https://own.s3.eu-west-1.amazonaws.com/el9/",
      "https://own.s3.dualstack.eu-west-1.amazonaws.com/el9/",
      "https://own.s3-eu-west-1.amazonaws.com/el9/",
      "https://s3.eu-west-1.amazonaws.com/own/el9/",
      "https://s3.eu-west-1.amazonaws.com:443/own/el9/",
      "https://own.s3.$REGION.amazonaws.com/el9/",
    ])
      deepStrictEqual(hostOf(url), inS3("own", "el9/*"), url);
  });

  it("has a key in which variables stand for anything", () => {
    const at = (key: string) => hostOf(`https://own.s3.eu-west-1.amazonaws.com/${key}`);
    deepStrictEqual(at("$releasever/$basearch/os"), inS3("own", "*/*/os*"));
    deepStrictEqual(at("${release}/${arch:-x86_64}/os"), inS3("own", "*/*/os*"));
    deepStrictEqual(at("el9/${arch:-"), inS3("own", "el9/**"), "the URL ends at a quote");
  });

  it("is on the internet in a bucket of another Region, which no gateway endpoint carries", () => {
    deepStrictEqual(hostOf("https://own.s3.us-west-2.amazonaws.com/x"), {
      is: "internet",
      where: "a bucket in `us-west-2`",
    });
    deepStrictEqual(hostOf("https://own.s3.amazonaws.com/x"), { is: "internet", where: "a bucket in `us-east-1`" });
    deepStrictEqual(hostOf("https://$NAME.s3.us-west-2.amazonaws.com/x"), {
      is: "internet",
      where: "a bucket in `us-west-2`",
    });
  });

  it("is unknown for a bucket whose name or Region is not known", () => {
    for (const name of ["own", "own.packages"]) deepStrictEqual(hostOf(`s3://${name}/el9/`), inDoubt(name));
    deepStrictEqual(hostOf("https://$BUCKET.s3.eu-west-1.amazonaws.com/x"), inDoubt("$BUCKET"));
    deepStrictEqual(hostOf("https://s3.$REGION.amazonaws.com/$BUCKET/x"), inDoubt("$BUCKET"));
    const regionless = stack(endpointOnly, set("web", { region: unknown }));
    for (const url of ["https://own.s3.eu-west-1.amazonaws.com/x", "https://s3.eu-west-1.amazonaws.com/own/x"]) {
      const all = asState(regionless);
      const web = {
        ...all.resources.find(({ name }) => name === "web")!,
        propertyDependencies: { region: [...all.of("vpc")] },
      };
      deepStrictEqual(packageHostOf(all, web, url), inDoubt("own"), url);
    }
  });

  it("is unknown for a private name or address, and for one in a variable", () => {
    for (const name of ["10.0.9.9", "mirror", "mirror.corp", "mirror.example.internal", "127.0.0.1", "$MIRROR"])
      deepStrictEqual(hostOf(`http://${name}/el9/`), inDoubt(name), name);
  });

  it("is unknown in the domain of a hosted zone of the stack", () => {
    for (const name of ["example.org", "packages.example.org", "Packages.Example.Org"])
      deepStrictEqual(hostOf(`https://${name}/el9/`), inDoubt(name), name);
    for (const name of ["notexample.org", "example.org.example.net"])
      deepStrictEqual(hostOf(`https://${name}/el9/`), internet(name), name);
  });
});
