import { Server } from "@grpc/grpc-js";
import { type Policies, PolicyPack } from "@pulumi/policy";
import { silentProblemsOf } from "./config";
import { refuseStaleBuild } from "./freshness";
import { rules } from "./rules";

refuseStaleBuild();
warnOfSilentProblems();

new PolicyPack("patchpath", {
  displayName: "Patchpath",
  description: "Rejects stacks whose instances in private subnets would not be patched.",
  provider: "aws",
  repository: "https://github.com/patchpath/patchpath",
  policies: rules as Policies,
});

/** `EnforcementLevel.REMEDIATE` of pulumi/proto/analyzer.proto: the one level that a rule may lack. */
const remediateLevel = 3;

/** The engine's call with the whole config. */
interface ConfigureCall {
  readonly request: {
    getPolicyconfigMap(): {
      entries(): Iterable<
        [string, { getProperties(): { toJavaScript(): object } | undefined; getEnforcementlevel(): number }]
      >;
    };
  };
}

/**
 * The SDK shows each rule its own config only, so a misspelt name is seen by none. It does reach this process, in the
 * engine's `configure` call: listen there, on the way to the SDK's own handler, and say on standard error what the
 * engine then shows among its diagnostics.
 */
function warnOfSilentProblems(): void {
  const addService = Reflect.get(Server.prototype, "addService");
  Server.prototype.addService = function (this: Server, service, implementation) {
    const configure = implementation["configure"] as ((call: ConfigureCall, callback: unknown) => void) | undefined;
    if (!configure) {
      addService.call(this, service, implementation);
      return;
    }
    const listening = (call: ConfigureCall, callback: unknown): void => {
      const entries = [...call.request.getPolicyconfigMap().entries()];
      const config = Object.fromEntries(
        entries.map(([name, value]) => [
          name,
          {
            ...value.getProperties()?.toJavaScript(),
            ...(value.getEnforcementlevel() === remediateLevel && { enforcementLevel: "remediate" }),
          },
        ]),
      );
      for (const problem of silentProblemsOf(config)) process.stderr.write(`patchpath: warning: config: ${problem}\n`);
      configure(call, callback);
    };
    addService.call(this, service, {
      ...implementation,
      configure: listening as never,
    });
  };
}
