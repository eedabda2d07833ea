import { read } from "../stack/reading";

/** All texts in a value, at any depth, as far as they are known. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const part = read(value, key);
    return part.is === "known" ? textsIn(part.value) : [];
  });
}
