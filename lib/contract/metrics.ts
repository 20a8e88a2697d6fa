import { z } from "zod";
import { dateTimeSchema } from "./identifiers";

/** The most points that one answer holds: the last ones. */
export const metricPointsMax = 1_000;

/** The history of `regression_metric` (our addition) exactly as our own server promises to answer it. */
export const promisedMetricHistorySchema = z.strictObject({
	points: z.array(z.strictObject({ at: dateTimeSchema, value: z.number() })).max(metricPointsMax),
});

/** `GET /v1/prompts/deployments/{id}/metrics`, oldest first, as a server that has our addition may send it. */
export const metricHistorySchema = z.looseObject({
	points: z.array(z.looseObject({ at: z.string(), value: z.number() })),
});
export interface MetricPoint {
	at: string;
	value: number;
}
