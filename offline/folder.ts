import { join } from "node:path";

/** The folder offline/ of the checkout, for compiled modules (in bin/) and for sources, as in tests. */
export const offlineFolder = __filename.endsWith(".ts") ? __dirname : join(__dirname, "..");
