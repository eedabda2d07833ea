import { strictEqual } from "node:assert/strict";
import { ObjectSet } from "../../../policypack/iam/objects";

describe("a set of objects", () => {
  it("begins with the bucket and its slash, or with the known part of its name", () => {
    strictEqual(new ObjectSet("aws", "bucket", ["*"], true).prefix, "arn:aws:s3:::bucket/");
    strictEqual(new ObjectSet("aws", "*", ["a"], false).prefix, "arn:aws:s3:::");
    strictEqual(new ObjectSet("aws", "*", ["a"], false).shortest, "arn:aws:s3:::/a");
    strictEqual(new ObjectSet("aws-cn", "bucket-*", ["*"], false).prefix, "arn:aws-cn:s3:::bucket-");
  });

  it("describes itself", () => {
    strictEqual(new ObjectSet("aws", "bucket", ["a/*", "b"], true).description, "`bucket/a/*`, `bucket/b`");
  });

  it("has the shortest of its objects, the first of these by name, in any order of its keys", () => {
    const shortest = (keys: readonly string[], bucket = "bucket") => new ObjectSet("aws", bucket, keys, true).shortest;
    for (const keys of [
      ["b*", "a*", "aa"],
      ["aa", "a*", "b*"],
    ]) {
      strictEqual(shortest(keys), "arn:aws:s3:::bucket/a");
    }
    strictEqual(shortest(["core/*/mirror.list"]), "arn:aws:s3:::bucket/core//mirror.list");
    strictEqual(shortest(["core/*"], "bucket-*"), "arn:aws:s3:::bucket-/core/");
  });
});
