/** What the promise brings, or `late` when it has not brought anything in time; it is not waited for then. */
export async function withinDeadline<T, Late>(
	promise: Promise<T>,
	deadlineMs: number,
	late: Late,
): Promise<T | Late> {
	let timer: NodeJS.Timeout | undefined;
	const deadline = new Promise<Late>((resolve) => {
		timer = setTimeout(() => resolve(late), deadlineMs);
	});
	try {
		return await Promise.race([promise, deadline]);
	} finally {
		clearTimeout(timer);
	}
}
