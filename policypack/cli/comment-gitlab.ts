import { type Environment, type PullRequest, request, required } from "./forge";

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number };
}

/**
 * The merge request of a job of GitLab CI, by its predefined variables. The job's own token cannot write notes:
 * https://gitlab.com/gitlab-org/gitlab/-/issues/545150
 */
export function gitlabMergeRequest(environment: Environment): PullRequest {
  const api = required(environment, "CI_API_V4_URL", "GitLab sets it in every job");
  const project = required(environment, "CI_PROJECT_ID", "GitLab sets it in every job");
  const token = required(
    environment,
    "GITLAB_TOKEN",
    "set it to a project access token with the scope `api` and the role Developer, as a masked variable",
  );
  const number = required(
    environment,
    "CI_MERGE_REQUEST_IID",
    'run the job in a merge request pipeline: `if: $CI_PIPELINE_SOURCE == "merge_request_event"`',
  );
  const headers = { "private-token": token };
  const notes = `${api}/projects/${project}/merge_requests/${number}/notes`;

  return {
    limit: 1_000_000,
    async find(beginning) {
      const { json: me } = await request(`${api}/user`, headers);
      for (let page = "1"; page !== "";) {
        const answer = await request(`${notes}?sort=asc&order_by=created_at&per_page=100&page=${page}`, headers);
        const own = (answer.json as readonly Note[]).find(
          ({ author, body }) => author.id === (me as { readonly id: number }).id && body.startsWith(beginning),
        );
        if (own) return String(own.id);
        page = answer.headers.get("x-next-page") ?? "";
      }
      return undefined;
    },
    async create(body) {
      await request(notes, headers, "POST", { body });
    },
    async update(id, body) {
      await request(`${notes}/${id}`, headers, "PUT", { body });
    },
  };
}
