import { readEnvironment } from "./environment";
import { runApi } from "./run";
import { startApi } from "./start";

await runApi(async () => startApi({ environment: readEnvironment(process.env) }));
