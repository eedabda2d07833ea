import { githubPullRequest } from "./comment-github";
import { gitlabMergeRequest } from "./comment-gitlab";
import type { Environment, PullRequest } from "./forge";
import { readText } from "../sources/input-file";
import { UsageError } from "./usage-error";

export interface CommentOptions {
  readonly key: string;
}

/**
 * `patchpath comment FILE --key KEY`: a report as the comment of the pull request that this CI job runs for. The comment
 * of an earlier run with the same key is updated in place.
 *
 * @throws UsageError
 */
export async function commentCommand(
  file: string,
  { key }: CommentOptions,
  environment: Environment,
): Promise<{ output: string; code: number }> {
  const pullRequest = pullRequestOf(environment);
  const marker = `<!-- patchpath ${encodeURIComponent(key).replaceAll("--", "-%2D")} -->`;
  const body = shortened(`${marker}\n${readText(file)}`, pullRequest.limit);
  const earlier = await pullRequest.find(`${marker}\n`);
  if (earlier === undefined) await pullRequest.create(body);
  else await pullRequest.update(earlier, body);
  return { output: `comment ${earlier === undefined ? "created" : "updated"}`, code: 0 };
}

function pullRequestOf(environment: Environment): PullRequest {
  if (environment["GITHUB_ACTIONS"]) return githubPullRequest(environment);
  if (environment["GITLAB_CI"]) return gitlabMergeRequest(environment);
  throw new UsageError(
    "`patchpath comment` runs in a job of GitHub Actions or GitLab CI; neither is found in the environment",
  );
}

/** Whole paragraphs are left out at the end, so that no table or picture is cut. */
function shortened(body: string, limit: number): string {
  if (body.length <= limit) return body;
  const note = "\n\nThe rest does not fit into a comment; the full report is among the artifacts of this job.";
  const room = limit - note.length;
  const end = body.lastIndexOf("\n\n", room);
  return `${body.slice(0, end > 0 ? end : room)}${note}`;
}
