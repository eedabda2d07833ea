/** Writes the schema of the components to a file: a step of `npm run build`. */
import { writeFileSync } from "node:fs";
import { componentSchema } from "./component-schema";

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error("FILE is missing; run `generate-component-schema.ts FILE`");
writeFileSync(target, `${JSON.stringify(componentSchema(), undefined, 1)}\n`);
