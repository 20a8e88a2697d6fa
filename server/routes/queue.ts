import {
	promisedQueueCountsSchema,
	promisedQueuePageSchema,
	promisedQueueRowsSchema,
	promisedQueueTimesSchema,
	queueCountsQuerySchema,
	queueQuerySchema,
	queueRowsQuerySchema,
	queueTimesQuerySchema,
} from "@/lib/contract/queue";
import { countQueue } from "../queue/count";
import { listQueue } from "../queue/list";
import { listQueueRows } from "../queue/list-rows";
import { getQueueTimes } from "../queue/times";
import { endpoint } from "./endpoint";

const queue = "/v1/prompts/queue";

/** `/v1/prompts/queue` */
export const queueEndpoints = [
	endpoint({
		method: "GET",
		path: queue,
		summary: "A page of the deployments as they wait, filtered, searched and sorted (our addition)",
		operation: "read",
		query: queueQuerySchema,
		answer: promisedQueuePageSchema,
		handle: (context, { query }) => listQueue(context, query),
	}),
	endpoint({
		method: "GET",
		path: `${queue}/rows`,
		summary: "Rows of the queue by their ids, whatever state they are in (our addition)",
		operation: "read",
		query: queueRowsQuerySchema,
		answer: promisedQueueRowsSchema,
		handle: (context, { query }) => listQueueRows(context, query),
	}),
	endpoint({
		method: "GET",
		path: `${queue}/counts`,
		summary: "How many deployments each state has, filtered and searched (our addition)",
		operation: "read",
		query: queueCountsQuerySchema,
		answer: promisedQueueCountsSchema,
		handle: (context, { query }) => countQueue(context, query),
	}),
	endpoint({
		method: "GET",
		path: `${queue}/times`,
		summary: "How long deployments wait in each state, and how long people take to decide (our addition)",
		operation: "read",
		query: queueTimesQuerySchema,
		answer: promisedQueueTimesSchema,
		handle: (context, { query }) => getQueueTimes(context, query),
	}),
];
