import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { regions } from "patchpath/account";
import { type Service, isAllowed } from "./calls";
import type { ClientSettings } from "./clients";
import { byToken } from "./reading";

/** A request of a service that speaks JSON: to the root with a target, or by method and path. */
export interface JsonRequest {
  readonly operation: string;
  readonly method?: "GET";
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * The services whose client is not in the package registry that this was built with: Route 53 Resolver in a current version,
 * Route 53 Profiles and Quick Setup. Signed by the SDK's own signer; protocols, paths and targets as botocore 1.44.5 has them,
 * checked 2026-11-28.
 */
const targetPrefixes: Readonly<Partial<Record<Service, string>>> = { route53resolver: "Route53Resolver" };

/** Errors that pass by themselves. */
const isTransient = (status: number, name: string) => status >= 500 || status === 429 || name.includes("Throttl");

/** Sends one request, and again where it fails for a reason that passes. @throws an error in the SDK's form */
export async function sendJson<T>(service: Service, settings: ClientSettings, request: JsonRequest): Promise<T> {
  if (!isAllowed(service, request.operation)) {
    throw new Error(`${service}:${request.operation} is not a call that an audit makes`);
  }
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(...(await signed(service, settings, request)));
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    const error = errorIn(response, text);
    if (attempt >= settings.maxAttempts || !isTransient(response.status, error.name)) throw error;
    await new Promise((resume) => setTimeout(resume, Math.random() * 100 * 2 ** attempt));
  }
}

async function signed(
  service: Service,
  { region, credentials, endpoint }: ClientSettings,
  { operation, method, path = "/", query = {}, body }: JsonRequest,
): Promise<[url: string, init: RequestInit]> {
  const { dnsSuffix } = (regions as Readonly<Record<string, { partition: { dnsSuffix: string } }>>)[region]
    ?.partition ?? { dnsSuffix: "amazonaws.com" };
  const url = new URL(path, endpoint ?? `https://${service}.${region}.${dnsSuffix}`);
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const target = targetPrefixes[service];
  const content = method === "GET" ? undefined : JSON.stringify(body ?? {});
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = await signer.sign({
    method: method ?? "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== "" && { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(given),
    headers: {
      host: url.host,
      ...(content !== undefined && {
        "content-type": target === undefined ? "application/json" : "application/x-amz-json-1.1",
      }),
      ...(target !== undefined && { "x-amz-target": `${target}.${operation}` }),
    },
    ...(content !== undefined && { body: content }),
  });
  for (const [key, value] of given) url.searchParams.set(key, value);
  const { host: _, ...headers } = request.headers;
  return [url.href, { method: request.method, headers, body: content ?? null, signal: AbortSignal.timeout(60_000) }];
}

/** With the name that the service gives, and the status where the SDK has it. */
function errorIn(response: Response, text: string): Error {
  let said: { readonly __type?: string; readonly message?: string; readonly Message?: string } = {};
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    // not from the service, such as the page of a proxy
  }
  const name = (response.headers.get("x-amzn-errortype") ?? said.__type ?? "").split(":")[0]?.split("#").at(-1);
  const error = new Error(said.message ?? said.Message ?? `status ${response.status}`);
  return Object.assign(error, { name: name ?? "", $metadata: { httpStatusCode: response.status } });
}

/** The pages of a list. @param next the request of a page, by the token of the one before */
export function pagesOf<T extends { readonly NextToken?: string }>(
  service: Service,
  settings: ClientSettings,
  next: (token: string | undefined) => JsonRequest,
): AsyncGenerator<T> {
  return byToken((token) => sendJson<T>(service, settings, next(token)));
}
