import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { InputError } from "./input-error";

/** A file as messages name it. */
export function nameOfFile(file: string): string {
  return file === "-" ? "standard input" : `\`${file}\``;
}

/** A name for the stack in a file that does not contain one: `envs/prod/network` of `envs/prod/network.tfstate`. */
export function nameOfStack(file: string): string {
  if (file === "-") return "standard input";
  const name = file.replace(/^(\.\.?\/|\/)+/, "").replace(/(\.(tfstate|tfplan|json|gz))+$/, "");
  return name.replaceAll("::", ":").replace(/\/terraform$/, "");
}

/** The text of a file, in UTF-8 or as PowerShell's `>` writes it, or compressed; `-` is standard input. @throws InputError */
export function readText(file: string): string {
  try {
    const read = readFileSync(file === "-" ? 0 : file);
    const isCompressed = read[0] === 0x1f && read[1] === 0x8b;
    const bytes = isCompressed ? gunzipSync(read) : read;
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const [reason = ""] = (error as Error).message.split(",");
    throw new InputError(`${nameOfFile(file)} cannot be read: ${reason}`);
  }
}
