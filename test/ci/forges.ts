import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema, graphql } from "graphql";

export interface Comment {
  readonly id: number;
  body: string;
  /** Whether the token's owner wrote it. */
  readonly isOwn: boolean;
}

interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Route = (
  method: string,
  path: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
) => Answer | Promise<Answer>;

/** A forge on loopback with one pull request, number 7 of octo/shop. It takes one token. */
class Forge {
  readonly comments: Comment[] = [];
  readonly writes: string[] = [];
  #server: Server | undefined;
  url = "";

  constructor(
    private readonly authorization: readonly [name: string, value: string],
    private readonly route: (forge: Forge) => Route,
  ) {}

  async start(): Promise<void> {
    const answer = this.route(this);
    const [name, value] = this.authorization;
    this.#server = createServer((request, response) => {
      const answered = bodyOf(request).then(async (body) => {
        const { pathname, searchParams } = new URL(request.url ?? "", "http://forge");
        const { status, json, headers } =
          request.headers[name] === value
            ? await answer(request.method ?? "", pathname, searchParams, body)
            : { status: 403, json: { message: "Resource not accessible by integration" }, headers: {} };
        response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json ?? {}));
      });
      answered.catch((error: unknown) => response.writeHead(500).end(JSON.stringify({ message: String(error) })));
    });
    await new Promise<void>((listening) => this.#server!.listen(0, "127.0.0.1", listening));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  add(body: string, isOwn: boolean): Comment {
    const comment = { id: 5_000_000_000 + this.comments.length, body, isOwn }; // more than 32 bits, as GitHub's are
    this.comments.push(comment);
    return comment;
  }

  write(method: string, id: string | undefined, body: unknown, limit: number): Answer {
    this.writes.push(method);
    const text = String(body);
    if (text.length > limit) return { status: 422, json: { message: "body is too long" } };
    if (id === undefined) return { status: 201, json: this.add(text, true) };
    const comment = this.comments.find((one) => String(one.id) === id);
    if (!comment) return { status: 404, json: { message: "Not Found" } };
    comment.body = text;
    return { status: 200, json: comment };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/**
 * GitHub's schema answers GraphQL: a field or a type that it does not have is an error of the query. The schema itself is
 * taken as it is published, with a field that it declares twice.
 */
export function github(): Forge {
  const types = import("@octokit/graphql-schema").then(({ schema }) => buildSchema(schema.idl, { assumeValid: true }));
  return new Forge(["authorization", "Bearer secret-token"], (forge) => async (method, path, _query, body) => {
    if (method === "POST" && path === "/graphql") {
      const page = ({ first, after }: { first: number; after?: string }) => {
        const from = after ? Number(after) : 0;
        const nodes = forge.comments
          .slice(from, from + Math.min(first, 100))
          .map(({ id, body, isOwn }) => ({ fullDatabaseId: String(id), body, viewerDidAuthor: isOwn }));
        const end = from + nodes.length;
        return { nodes, pageInfo: { hasNextPage: end < forge.comments.length, endCursor: String(end) } };
      };
      const repository = ({ owner, name }: { owner: string; name: string }) =>
        `${owner}/${name}` === "octo/shop"
          ? { pullRequest: ({ number }: { number: number }) => number === 7 && { comments: page } }
          : null;
      const json = await graphql({
        schema: await types,
        source: body["query"] as string,
        variableValues: body["variables"] as Record<string, unknown>,
        rootValue: { repository },
      });
      return { status: 200, json };
    }
    if (method === "POST" && path === "/repos/octo/shop/issues/7/comments")
      return forge.write(method, undefined, body["body"], 65_536);
    const [, id] = /^\/repos\/octo\/shop\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    return method === "PATCH" && id !== undefined
      ? forge.write(method, id, body["body"], 65_536)
      : { status: 404, json: { message: "Not Found" } };
  });
}

/** As https://docs.gitlab.com/api/notes/ says of the notes of merge requests; two on a page. */
export function gitlab(): Forge {
  const notes = "/api/v4/projects/42/merge_requests/7/notes";
  return new Forge(["private-token", "secret-token"], (forge) => (method, path, query, body) => {
    if (method === "GET" && path === "/api/v4/user") return { status: 200, json: { id: 1 } };
    if (method === "GET" && path === notes) {
      const page = Number(query.get("page") ?? 1);
      const json = forge.comments
        .slice((page - 1) * 2, page * 2)
        .map(({ id, body: text, isOwn }) => ({ id, body: text, author: { id: isOwn ? 1 : 2 } }));
      return {
        status: 200,
        json,
        headers: { "x-next-page": page * 2 < forge.comments.length ? String(page + 1) : "" },
      };
    }
    if (method === "POST" && path === notes) return forge.write(method, undefined, body["body"], 1_000_000);
    const id = path.startsWith(`${notes}/`) ? path.slice(notes.length + 1) : undefined;
    return method === "PUT" && id !== undefined ? forge.write(method, id, body["body"], 1_000_000) : { status: 404 };
  });
}
