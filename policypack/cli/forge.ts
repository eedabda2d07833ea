import { UsageError } from "./usage-error";

/** The variables of a CI job. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A pull request, as far as one comment on it is concerned. */
export interface PullRequest {
  /** Characters that a comment may have. */
  readonly limit: number;
  /** The first comment of our own that begins with this text. Comments of others do not count, since they can edit them. */
  find(beginning: string): Promise<string | undefined>;
  create(body: string): Promise<void>;
  update(id: string, body: string): Promise<void>;
}

/** What a job must have in its environment. @throws UsageError */
export function required(environment: Environment, name: string, remedy: string): string {
  const value = environment[name];
  if (value) return value;
  throw new UsageError(`\`${name}\` is not set; ${remedy}`);
}

/** A request to the API of the forge, as JSON. @throws UsageError for any answer but success */
export async function request(
  url: string,
  headers: Readonly<Record<string, string>>,
  method = "GET",
  body?: object,
): Promise<{ json: unknown; headers: Headers }> {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: { "user-agent": "patchpath", "content-type": "application/json", ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
  } catch (error) {
    throw new UsageError(`${method} ${url} failed: ${String((error as Error).cause ?? error)}`);
  }
  const text = await response.text();
  if (!response.ok) {
    const isDenied = [401, 403, 404].includes(response.status);
    const remedy = isDenied
      ? "; the job's token must have permission to write comments, which the token of a pull request from a fork never has"
      : "";
    throw new UsageError(`${method} ${url} was answered with ${response.status}: ${reasonIn(text)}${remedy}`);
  }
  return { json: JSON.parse(text) as unknown, headers: response.headers };
}

function reasonIn(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown };
    return JSON.stringify(message ?? error ?? "no reason");
  } catch {
    return "no reason";
  }
}
