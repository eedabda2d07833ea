/** Writes the schema of the components into the file that is named: a step of `npm run build`. */
import { writeFileSync } from "node:fs";
import { componentSchema } from "./component-schema";

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error("no file is named; run `generate-component-schema.ts FILE`");
writeFileSync(target, `${JSON.stringify(componentSchema(), undefined, 1)}\n`);
