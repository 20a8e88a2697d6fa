import { contractTraces } from "./traces-contract-reader";
import { repeatedTraces } from "./traces-repeated";
import { supportTraces } from "./traces-support-assistant";
import { triageTraces } from "./traces-triage-bot";
import type { SampleTrace } from "./types";

export const sampleTraces: readonly SampleTrace[] = [
	...supportTraces,
	...triageTraces,
	...contractTraces,
	...repeatedTraces,
];
