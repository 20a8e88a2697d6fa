import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends one request and reads all of its answer; throws unless the status is the expected one. */
export function ask(
	url: string,
	options: { method?: "GET" | "POST"; token: string; expected?: number },
): Promise<Buffer> {
	const { method = "GET", token, expected = 200 } = options;
	return new Promise((resolve, reject) => {
		const sent = request(
			url,
			{ method, agent, headers: { Authorization: `Bearer ${token}` } },
			(response) => {
				const chunks: Buffer[] = [];
				response.on("data", (chunk: Buffer) => chunks.push(chunk));
				response.on("error", reject);
				response.on("end", () => {
					const body = Buffer.concat(chunks);
					if (response.statusCode === expected) resolve(body);
					else reject(new Error(`${method} ${url} answered ${response.statusCode}: ${body}`));
				});
			},
		);
		sent.on("error", reject);
		sent.end();
	});
}

/** Runs the work `times` times, `atOnce` at a time, and returns how many a second were done. */
export async function rateOf(times: number, atOnce: number, work: (index: number) => Promise<unknown>) {
	let next = 0;
	const startedAt = performance.now();
	const worker = async () => {
		while (next < times) {
			next += 1;
			await work(next - 1);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return (times * 1000) / (performance.now() - startedAt);
}

/** The middle of several runs, so that one disturbed run does not count. */
export async function medianOf(runs: number, measure: () => Promise<number>): Promise<number> {
	const [median = 0] = await inTurns(runs, [measure], (one) => one());
	return median;
}

/**
 * The median of each alternative. They take turns, so that what the machine does beside (a cache that gets
 * warm, a disk that is busy) falls on all of them.
 */
export async function inTurns<Alternative>(
	runs: number,
	alternatives: readonly Alternative[],
	measure: (alternative: Alternative) => Promise<number>,
): Promise<number[]> {
	const results = alternatives.map((): number[] => []);
	for (let run = 0; run < runs; run += 1) {
		for (const [place, alternative] of alternatives.entries()) {
			results[place]?.push(await measure(alternative));
		}
	}
	return results.map((rates) => rates.sort((one, other) => one - other)[Math.floor(runs / 2)] ?? 0);
}
