import { type RepositorySystem, repositorySystems } from "../facts/repositories";
import { UsageError } from "./usage-error";

/**
 * The systems that an option names, `--os` of `policy` or `--repositories` of `explain`.
 *
 * @throws UsageError for one without repositories in S3
 */
export function systemsOf(option: string, names: readonly string[]): RepositorySystem[] {
  return names.map((name) => {
    const system = repositorySystems.find((one) => one === name);
    if (system) return system;
    throw new UsageError(
      `${option} is \`${name}\`; expected one of ${repositorySystems.join(", ")}, whose repositories are in S3`,
    );
  });
}
