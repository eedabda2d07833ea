import { readFileSync } from "node:fs";
import { InputError } from "./input-error";

/** A file as messages name it. */
export function nameOfFile(file: string): string {
  return file === "-" ? "standard input" : `\`${file}\``;
}

/** The text of a file, in UTF-8 or as PowerShell's `>` writes it; `-` is standard input. @throws InputError */
export function readText(file: string): string {
  try {
    const bytes = readFileSync(file === "-" ? 0 : file);
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const [reason = ""] = (error as Error).message.split(",");
    throw new InputError(`${nameOfFile(file)} cannot be read: ${reason}`);
  }
}
