import "./end-with-parent";
import { basename } from "node:path";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { hex } from "./aws/account";
import { type Properties, type Value, equal, unknown } from "./aws/values";
import { servePlugin, unary } from "./grpc";

/**
 * A stand-in for the plugins of packages other than `aws` (`plugins/others/`), for programs that are run as they are published. It
 * accepts every resource and every input, so it proves nothing about those packages: it lets the AWS resources beside them be
 * created. Only the runner of public programs puts it on the PATH.
 */

/** Outputs that programs read, by type; at preview they are unknown. */
const computed: Readonly<Record<string, (urn: string) => Properties>> = {
  "tls:index/privateKey:PrivateKey": (urn) => ({
    privateKeyOpenssh: "offline",
    privateKeyPem: "offline",
    publicKeyOpenssh: `ssh-ed25519 ${Buffer.from(hex(48, urn)).toString("base64")}`,
    publicKeyPem: "offline",
  }),
  "tailscale:index/tailnetKey:TailnetKey": (urn) => ({ key: `tskey-${hex(16, urn)}` }),
  "command:local:Command": () => ({ stdout: "", stderr: "" }),
  "command:remote:Command": () => ({ stdout: "", stderr: "" }),
  "docker-build:index:Image": () => ({ ref: "offline@sha256:0", digest: "sha256:0" }),
};

const propertiesOf = (struct: Struct | undefined): Properties => struct?.toJavaScript() ?? {};
const structOf = (properties: Properties) => Struct.fromJavaScript(properties);

function outputsOf(urn: string, inputs: Properties, preview: boolean): Properties {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const own: [string, Value][] = Object.entries(computed[type]?.(urn) ?? {});
  const made = own.map(([name, value]): [string, Value] => [name, preview ? unknown : value]);
  return { ...Object.fromEntries(made), ...inputs };
}

function diff(request: provider.DiffRequest): provider.DiffResponse {
  const [olds, news] = [propertiesOf(request.getOldInputs() ?? request.getOlds()), propertiesOf(request.getNews())];
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (name) => !equal(olds[name], news[name]),
  );
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
  return new provider.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
}

function create(request: provider.CreateRequest): provider.CreateResponse {
  const urn = request.getUrn();
  const outputs = outputsOf(urn, propertiesOf(request.getProperties()), request.getPreview());
  return new provider.CreateResponse().setId(request.getPreview() ? "" : hex(20, urn)).setProperties(structOf(outputs));
}

const packageName = basename(process.argv[1] ?? "").replace("pulumi-resource-", "");

servePlugin(ResourceProviderService, {
  getPluginInfo: unary(() => new PluginInfo().setVersion("0.0.0")),
  getSchema: unary(() => new provider.GetSchemaResponse().setSchema(JSON.stringify({ name: packageName }))),
  checkConfig: unary((request: provider.CheckRequest) => new provider.CheckResponse().setInputs(request.getNews())),
  diffConfig: unary(() => new provider.DiffResponse().setChanges(provider.DiffResponse.DiffChanges.DIFF_NONE)),
  configure: unary(() =>
    new provider.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true).setAcceptresources(false),
  ),
  check: unary((request: provider.CheckRequest) => new provider.CheckResponse().setInputs(request.getNews())),
  diff: unary(diff),
  create: unary(create),
  read: unary((request: provider.ReadRequest) =>
    new provider.ReadResponse().setId(request.getId()).setProperties(request.getProperties()),
  ),
  update: unary((request: provider.UpdateRequest) =>
    new provider.UpdateResponse().setProperties(
      structOf(outputsOf(request.getUrn(), propertiesOf(request.getNews()), request.getPreview())),
    ),
  ),
  delete: unary(() => new Empty()),
  invoke: unary((request: provider.InvokeRequest) => {
    throw new Error(`the stand-in for ${packageName} does not support the invoke ${request.getTok()}`);
  }),
  cancel: unary(() => new Empty()),
  attach: unary(() => new Empty()),
});
