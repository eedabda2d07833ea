import { type DeclaredImages, declarationIn } from "../stack/declared-images";
import { UsageError } from "./usage-error";

/** The values of `--image`, as `AMI=SYSTEM`. @throws UsageError for one that is none */
export function imagesOf(values: readonly string[]): DeclaredImages {
  return new Map(
    values.map((value) => {
      const [, id, declaration] = /^(ami-\w+)=(.+)$/.exec(value) ?? [];
      const image = declaration === undefined ? undefined : declarationIn(declaration);
      if (id !== undefined && image) return [id, image];
      throw new UsageError(
        `--image is \`${value}\`; expected an image and its system, such as ami-0123456789abcdef0=amazon-linux-2023, or ami-0123456789abcdef0=rhel-9,agent for one that includes the SSM agent (no-agent: does not)`,
      );
    }),
  );
}
