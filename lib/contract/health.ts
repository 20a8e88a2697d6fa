import { z } from "zod";

/** What our own server adds to the contract, as `GET /health` announces it. */
export const extensions = [
	"fields=summary",
	"cluster_signature",
	"if-match",
	"idempotency-key",
	"approve-reason",
	"deployment_id",
	"action-filters",
	"queue",
	"events",
	"metrics",
	"kill-switch-record",
] as const;
export type Extension = (typeof extensions)[number];

/** `GET /health` of any server of the contract; one that announces nothing adds nothing. */
export const healthSchema = z.looseObject({ extensions: z.array(z.string()).optional() });
