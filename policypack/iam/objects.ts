import { type Glob, compileGlob, shortestOf } from "./glob";

/** Objects of a bucket, as patterns: compiled once, asked about often. */
export class ObjectSet {
  /** The text that every ARN of the set begins with. */
  readonly prefix: string;
  /** What follows it. */
  readonly rests: readonly Glob[];
  /** The set in words. */
  readonly description: string;
  /**
   * Whether each of these objects is really read. Otherwise those that are read are among them, and deny requires that
   * none of them is allowed.
   */
  readonly allRead: boolean;
  /** The first of the shortest ARNs of the set. */
  readonly shortest: string;

  /**
   * @param bucket a name, or a pattern with `*` that every plausible name matches
   * @param keys patterns with `*`
   */
  constructor(partition: string, bucket: string, keys: readonly string[], allRead: boolean) {
    const wildcard = bucket.indexOf("*");
    this.prefix = `arn:${partition}:s3:::${wildcard < 0 ? `${bucket}/` : bucket.slice(0, wildcard)}`;
    const rest = wildcard < 0 ? "" : `${bucket.slice(wildcard)}/`;
    this.rests = keys.map((key) => compileGlob(rest + key));
    this.description = keys.map((key) => `\`${bucket}/${key}\``).join(", ");
    this.allRead = allRead;
    this.shortest = this.prefix + shortestOf(this.rests);
  }
}
