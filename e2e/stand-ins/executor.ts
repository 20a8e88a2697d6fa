import { createServer } from "node:http";

/**
 * Stands in, at the network, for the runtime that executes control actions: answers each with what it
 * was asked to do, so that a test sees its own payload come back through the whole stack. What is to mend a
 * trace is answered with an answer for its span as well: the payload's `answer`, or one of its own. With
 * `delay_ms` in the payload it takes that long. `GET /received?name=…` tells how many came with that name.
 */
const port = Number(process.env.E2E_EXECUTOR_PORT);
const maxDelayMs = 10_000;

interface Asked {
	action_type?: string;
	trace_id?: string | null;
	payload?: { answer?: unknown; delay_ms?: unknown; name?: unknown } | null;
}

const receivedByName = new Map<unknown, number>();

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on("data", (chunk: Buffer) => chunks.push(chunk));
	request.on("end", () => {
		response.setHeader("content-type", "application/json");
		const text = Buffer.concat(chunks).toString("utf8");
		const { pathname, searchParams } = new URL(request.url ?? "/", "http://executor.test");
		if (pathname === "/received") {
			response.end(JSON.stringify({ count: receivedByName.get(searchParams.get("name")) ?? 0 }));
			return;
		}
		const received: Asked | null = text === "" ? null : JSON.parse(text);
		const name = received?.payload?.name;
		receivedByName.set(name, (receivedByName.get(name) ?? 0) + 1);
		const reply = { ran_by: "executor stand-in", received, ...remediatedBy(received) };
		setTimeout(() => response.end(JSON.stringify(reply)), delayMsOf(received));
	});
});

function remediatedBy(asked: Asked | null): object {
	if (!asked?.trace_id || asked.action_type === "agent_action") return {};
	const { answer } = asked.payload ?? {};
	const output = typeof answer === "string" ? answer : "The executor stand-in has answered again.";
	return {
		remediated: {
			output,
			model: "executor-stand-in",
			prompt_tokens: 12,
			completion_tokens: 7,
			latency_ms: 40,
		},
	};
}

function delayMsOf(asked: Asked | null): number {
	const delay = asked?.payload?.delay_ms;
	return typeof delay === "number" ? Math.min(Math.max(delay, 0), maxDelayMs) : 0;
}

server.listen(port, "127.0.0.1");
for (const signal of ["SIGINT", "SIGTERM"] as const)
	process.on(signal, () => server.close(() => process.exit(0)));
