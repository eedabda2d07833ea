import { join } from "node:path";

/** The folder offline/ of the checkout, whether its modules run compiled (from bin/) or, as in tests, from source. */
export const offlineFolder = __filename.endsWith(".ts") ? __dirname : join(__dirname, "..");
