/** Longer than the dashboard itself waits for the API; who waits longer than this is told that nothing is known. */
const patienceMs = 45_000;

/** The answer of a server action, or a rejection when it does not come within 45 s. */
export function answerInTime<T>(answer: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const deadline = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
	});
	return Promise.race([answer, deadline]).finally(() => clearTimeout(timer));
}
