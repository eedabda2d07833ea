import { RepositoryCheck } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new RepositoryCheck("web", { region: "eu-west-1", patchGroup: "web", staleDays: 35 }, opts);
}
