/**
 * Hands on lines together, when what is under way in this turn of the event loop is done: to write to a pipe takes
 * half a millisecond, which an answer would wait for. What is written last is written before the process ends.
 */
export function writeTogether(write: (text: string) => void): (line: string) => void {
	let waiting = "";
	const flush = () => {
		const text = waiting;
		waiting = "";
		if (text !== "") write(text);
	};
	process.on("exit", flush);
	return (line) => {
		if (waiting === "") setImmediate(flush);
		waiting += line;
	};
}
