import { isObject } from "../iam/problems";
import { commandsOf, gunzipped, parsedYaml } from "./cloud-config";
import { isMime, mimeParts } from "./mime";
import { type Reading, asText, known } from "./reading";

const unreadable: Reading<never> = { is: "unknown" };

/** The lines of a fleet's user data without comments; none where it is not known. */
export function userDataLines({ userData }: { readonly userData: Reading<string> }): string[] {
  return (known(userData) ?? "").split("\n").filter((line) => !/^\s*(#|rem\b|::)/i.test(line));
}

/**
 * User data as the scripts that it stands for. It comes as text or in base64, and may be compressed, a MIME message of
 * several parts, or cloud-config, which is rendered as shell commands. What cannot be decoded is unknown: it is never
 * searched.
 */
export function userDataIn(text: Reading, base64: Reading): Reading<string> {
  const encoded = asText(base64);
  if (encoded.is === "known") return fromBytes(Buffer.from(encoded.value, "base64"));
  if (encoded.is === "unknown") return encoded;
  const raw = asText(text);
  if (raw.is !== "known") return raw;
  // The SHA-1 of user data, which outputs of earlier versions of the provider have instead of it.
  if (/^[0-9a-f]{40}$/.test(raw.value)) return unreadable;
  const compact = raw.value.replace(/\s/g, "");
  const isBase64 =
    /^[A-Za-z0-9+/]+={0,2}$/.test(compact) && compact.length % 4 === 0 && !/\S[^\S\n]+\S/.test(raw.value);
  return isBase64 ? fromBytes(Buffer.from(compact, "base64")) : fromText(raw.value);
}

function fromBytes(bytes: Buffer): Reading<string> {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipped(bytes) : bytes;
  const text = plain?.toString("utf8");
  // The replacement character stands for what is not UTF-8; no script has a NUL.
  return text === undefined || /[\uFFFD\0]/.test(text) ? unreadable : fromText(text);
}

/** What an interpreter is told about a part by its beginning, as cloud-init does it. */
function fromText(text: string): Reading<string> {
  const trimmed = text.replace(/^\uFEFF/, "").trimStart();
  if (isMime(trimmed)) return fromMime(trimmed);
  if (/^#cloud-config-archive\b/.test(trimmed)) return fromArchive(trimmed);
  if (/^(## template: *jinja\s+)?#cloud-config\b/.test(trimmed)) return orUnreadable(commandsOf(trimmed));
  // Scripts from elsewhere, and code that handles other parts.
  if (/^#(include|include-once|part-handler)\b/.test(trimmed)) return unreadable;
  return { is: "known", value: text };
}

function fromMime(message: string): Reading<string> {
  const parts = mimeParts(message);
  return parts ? joined(parts.map(({ type, content }) => fromPart(type, content))) : unreadable;
}

function fromPart(type: string, content: Buffer): Reading<string> {
  switch (type) {
    case "text/cloud-config":
      return orUnreadable(commandsOf(content.toString("utf8")));
    case "application/node.eks.aws": // what nodeadm reads: how a node joins its cluster
      return { is: "known", value: "" };
    case "text/x-include-url":
    case "text/x-include-once-url":
    case "text/part-handler":
      return unreadable;
    default:
      return fromBytes(content);
  }
}

/** A list of parts in YAML, each a text or an object with its type. */
function fromArchive(text: string): Reading<string> {
  const list = parsedYaml(text);
  if (!Array.isArray(list)) return unreadable;
  return joined(
    list.map((part: unknown): Reading<string> => {
      if (typeof part === "string") return fromText(part);
      if (!isObject(part) || typeof part["content"] !== "string") return unreadable;
      return fromPart(typeof part["type"] === "string" ? part["type"] : "text/plain", Buffer.from(part["content"]));
    }),
  );
}

function joined(parts: readonly Reading<string>[]): Reading<string> {
  return parts.some(({ is }) => is === "unknown")
    ? unreadable
    : { is: "known", value: parts.map((part) => known(part) ?? "").join("\n") };
}

function orUnreadable(text: string | undefined): Reading<string> {
  return text === undefined ? unreadable : { is: "known", value: text };
}
