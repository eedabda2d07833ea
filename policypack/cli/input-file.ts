import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error";

/** A file as messages name it. */
export function nameOfFile(file: string): string {
  return file === "-" ? "standard input" : `\`${file}\``;
}

/** The text of a file; `-` is standard input. @throws UsageError */
export function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const [reason = ""] = (error as Error).message.split(",");
    throw new UsageError(`${nameOfFile(file)} can't be read: ${reason}`);
  }
}
