import { ensureInstalled, requireNode } from "./install.mjs";

requireNode();
ensureInstalled();
// From here on packages are there: the rest is TypeScript.
const { register } = await import("tsx/esm/api");
register();
await import("../local/start.ts");
