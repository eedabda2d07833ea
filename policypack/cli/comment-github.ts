import { readFileSync } from "node:fs";
import { type Environment, type PullRequest, request, required } from "./forge";
import { UsageError } from "./usage-error";

/**
 * Only GraphQL says which comments are the token's own. The fields are those of GitHub's published schema
 * (@octokit/graphql-schema 15.26.1), which the tests hold.
 */
const commentsQuery = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        nodes { fullDatabaseId viewerDidAuthor body }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

interface CommentsAnswer {
  readonly errors?: readonly { readonly message: string }[];
  readonly data?: {
    readonly repository: {
      readonly pullRequest: {
        readonly comments: {
          readonly nodes: readonly { fullDatabaseId: string; viewerDidAuthor: boolean; body: string }[];
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
        };
      };
    };
  };
}

/** The pull request of a job of GitHub Actions, by the variables that every runner sets. */
export function githubPullRequest(environment: Environment): PullRequest {
  const ofRunner = "a runner of GitHub Actions sets it";
  const api = required(environment, "GITHUB_API_URL", ofRunner);
  const graphql = required(environment, "GITHUB_GRAPHQL_URL", ofRunner);
  const repository = required(environment, "GITHUB_REPOSITORY", ofRunner);
  const token = required(environment, "GITHUB_TOKEN", "set it to `${{ github.token }}` in the step's `env`");
  const number = numberIn(required(environment, "GITHUB_EVENT_PATH", ofRunner));
  const headers = { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" };
  const issues = `${api}/repos/${repository}/issues`;
  const [owner, name] = repository.split("/");

  async function find(beginning: string, after?: string): Promise<string | undefined> {
    const variables = { owner, name, number, after };
    const { json } = await request(graphql, headers, "POST", { query: commentsQuery, variables });
    const { data, errors } = json as CommentsAnswer;
    if (!data) throw new UsageError(`${graphql} answered: ${errors?.[0]?.message ?? "nothing"}`);
    const { nodes, pageInfo } = data.repository.pullRequest.comments;
    const own = nodes.find(({ viewerDidAuthor, body }) => viewerDidAuthor && unix(body).startsWith(beginning));
    if (own || !pageInfo.hasNextPage) return own?.fullDatabaseId;
    return find(beginning, pageInfo.endCursor);
  }

  return {
    limit: 65_536,
    find,
    async create(body) {
      await request(`${issues}/${number}/comments`, headers, "POST", { body });
    },
    async update(id, body) {
      await request(`${issues}/comments/${id}`, headers, "PATCH", { body });
    },
  };
}

/** Comments that people edited have the line ends of a form. */
function unix(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function numberIn(eventFile: string): number {
  const event = JSON.parse(readFileSync(eventFile, "utf8")) as { readonly pull_request?: { readonly number: number } };
  if (event.pull_request) return event.pull_request.number;
  throw new UsageError(
    "this job does not run for a pull request; run the step `if: github.event_name == 'pull_request'`",
  );
}
