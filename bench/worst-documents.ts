/**
 * Slow documents of the maximum size in AWS, 20,480 characters, found by a random search (about two thousand documents) and by reading
 * the code, one of each kind. Most have object keys that a search must distinguish.
 */

const mostCharacters = 20_480;
const bucket = "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2";

const allow = (rest: object) => ({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", ...rest });
const deny = (rest: object) => ({ ...allow(rest), Effect: "Deny" });
const everything = allow({ Resource: "*" });
const document = (...statements: readonly unknown[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** As many parts as fit. */
function filled<T>(part: (i: number) => T, documentOf: (parts: readonly T[]) => string): string {
  const parts: T[] = [];
  let left = mostCharacters - documentOf([]).length;
  for (let i = 0; ; i++) {
    const next = part(i);
    left -= JSON.stringify(next).length + 1;
    if (left < 0) return documentOf(parts);
    parts.push(next);
  }
}

const denying = (pattern: (i: number) => string, element = "Resource") =>
  filled(pattern, (patterns) => document(everything, deny({ [element]: patterns })));
const allowing = (pattern: (i: number) => string, element = "Resource") =>
  filled(pattern, (patterns) => document(allow({ [element]: patterns })));
const onCondition = (operator: string, key: string, value: (i: number) => string) =>
  filled(value, (values) => document(allow({ Resource: "*", Condition: { [operator]: { [key]: values } } })));

/** The number as letters, the last one first: `word(27, 3)` is `bba`. */
function word(number: number, length: number): string {
  let left = number;
  return Array.from({ length }, () => {
    const letter = String.fromCharCode(0x61 + (left % 26));
    left = Math.floor(left / 26);
    return letter;
  }).join("");
}
const starred = (text: string) => Array.from(text).join("*");

export const worstDocuments: Readonly<Record<string, string>> = {
  "one pattern of `*a*a*a*`": document(allow({ Resource: `${bucket}/${"*a".repeat(10_100)}` })),
  "one Deny of `*a*a*a*`": document(everything, deny({ Resource: `${bucket}/${"*a".repeat(10_050)}` })),
  "one Deny of `*????`": document(everything, deny({ Resource: `${bucket}/*${"?".repeat(20_000)}` })),
  "one Deny of `*a????`": document(everything, deny({ Resource: `${bucket}/blobstore/*a${"?".repeat(20_000)}` })),
  "two Denies of `*a????` and `*b????`": document(
    everything,
    deny({ Resource: ["a", "b"].map((letter) => `${bucket}/blobstore/*${letter}${"?".repeat(10_000)}`) }),
  ),
  "a wildcard in the bucket, then `????`": document(
    everything,
    deny({ Resource: `arn:aws:s3:::*${"?".repeat(20_000)}` }),
  ),
  "a wildcard in every segment, then `????`": document(allow({ Resource: `arn:*:*:*:*:*${"?".repeat(20_000)}` })),
  "Allow of `*a*b*c*`, many": allowing((i) => `${bucket}/*${starred(word(i, 3))}*`),
  "Allow of `*a?????`, many": allowing((i) => `${bucket}/*${word(i, 1)}${"?".repeat(i % 60)}`),
  "Deny of overlapping `*ab*cd*`, many": denying((i) => `${bucket}/*${word(i, 2)}*${word(i * 7, 2)}*`),
  "Deny of overlapping `*ab*a????`, many": denying((i) => `arn:aws:s3:::**${word(i, 2)}*a${"?".repeat(20 + (i % 30))}`),
  "Deny except `*ab*cd*`, many (NotResource)": denying(
    (i) => `${bucket}/*${word(i, 2)}*${word(i * 7, 2)}*`,
    "NotResource",
  ),
  "Allow except `*ab*a???`, many (NotResource)": allowing(
    (i) => `**${word(i, 2)}*a${"?".repeat(20 + (i % 30))}`,
    "NotResource",
  ),
  "Deny of keys that differ late, many": denying((i) => `${bucket}/blobstore/${word(i, 3)}${"x".repeat(20)}`),
  "Deny of key lengths, many": denying((i) => `${bucket}/blobstore/${"?".repeat(i)}`),
  "Deny statements, many": filled(
    (i) => deny({ Resource: `${bucket}/blobstore/*${word(i, 3)}` }),
    (statements) => document(everything, ...statements),
  ),
  "Allow against Deny statements, many": filled(
    (i) => (i % 2 === 0 ? allow : deny)({ Resource: `${bucket}/*${word(i, 2)}*` }),
    (statements) => document(...statements),
  ),
  "Deny statements with NotResource, many": filled(
    (i) => deny({ NotResource: `${bucket}/*${word(i, 2)}*` }),
    (statements) => document(everything, ...statements),
  ),
  "smallest statements, many": filled(
    () => ({ ...everything, Action: "*" }),
    (statements) => document(...statements),
  ),
  "wildcards in the bucket, many": denying((i) => `arn:aws:s3:::*-*-*-*${word(i, 2)}`),
  "wildcards in the ARN, many": denying((i) => `arn:*:s3*${word(i, 2)}*`),
  "a variable with a default, many": denying((i) => `${bucket}/blobstore/*\${aws:username, '${word(i, 3)}'}*`),
  "an unknown variable, many": denying((i) => `${bucket}/blobstore/*\${aws:SourceVpc}${word(i, 3)}*`),
  "one variable of spaces": document(allow({ Resource: `${bucket}/\${a${" ".repeat(20_000)},}` })),
  "`${` without end": document(allow({ Resource: `${bucket}/${"${".repeat(10_000)}` })),
  "a condition of ids": onCondition("StringNotEquals", "aws:SourceVpc", (i) => `vpc-${word(i, 6)}`),
  "a condition of patterns": onCondition("StringLike", "aws:PrincipalAccount", (i) => `*${word(i, 1)}*${word(i, 2)}*`),
  "a condition of ARN patterns": onCondition(
    "ArnNotLike",
    "aws:PrincipalArn",
    (i) => `arn:*:iam::*:role/*${word(i, 2)}*`,
  ),
  "a condition of address ranges": onCondition("NotIpAddress", "aws:SourceIp", (i) => `10.${i % 256}.${i >> 8}.0/24`),
  "conditions on keys, many": document(
    allow({
      Resource: "*",
      Condition: { StringNotEquals: Object.fromEntries(Array.from({ length: 1_250 }, (_, i) => [`s3:Key${i}`, "a"])) },
    }),
  ),
  "actions, many": filled(
    (i) => `s3:*${word(i, 1)}*${word(i, 2)}*`,
    (actions) => document(allow({ Resource: "*", Action: actions })),
  ),
  "principals, many": filled(
    (i) => `arn:aws:iam::123456789012:role/${word(i, 3)}`,
    (principals) => document(allow({ Resource: "*", Principal: { AWS: principals } })),
  ),
  "a repeated key": `{"Version":"2012-10-17","Statement":[{${'"Sid":"a",'.repeat(2000)}"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`,
  "a string of escapes": `{"Version":"2012-10-17","Statement":[{"Sid":"${'\\\\\\"'.repeat(5000)}","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`,
  "white space": document(everything).padEnd(mostCharacters),
};
