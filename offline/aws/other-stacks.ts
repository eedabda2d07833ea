import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AwsObject } from "./objects";
import type { Properties } from "./values";

/** A resource in a checkpoint of the file backend. Secrets stay encrypted, since nothing is looked up by them. */
interface CheckpointResource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly outputs?: Properties;
}

/**
 * The resources of all stacks in the backend. They exist in the account, so the invokes of every stack find them.
 */
export function objectsOfAllStacks(): AwsObject[] {
  const url = process.env["PULUMI_BACKEND_URL"];
  if (!url?.startsWith("file:")) return [];
  const folder = join(fileURLToPath(url), ".pulumi", "stacks");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) => objectsIn(readFileSync(join(folder, file), "utf8")));
}

function objectsIn(checkpoint: string): AwsObject[] {
  const parsed = JSON.parse(checkpoint) as { checkpoint?: { latest?: { resources?: readonly CheckpointResource[] } } };
  return (parsed.checkpoint?.latest?.resources ?? []).flatMap(({ type, urn, id, outputs }) =>
    type.startsWith("aws:") && id !== undefined ? [{ type, urn, id, outputs: outputs ?? {} }] : [],
  );
}
