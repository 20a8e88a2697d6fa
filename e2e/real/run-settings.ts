/** What `scripts/test-real.mjs` tells the tests through the environment. */
export interface RunSettings {
	/** The JSONL file that was imported. */
	file: string;
	/** A temporary folder, gone after the run. */
	folder: string;
	origin: string;
	apiUrl: string;
}

/** Reads the settings; throws a sentence when the tests were started by themselves. */
export function readRunSettings(): RunSettings {
	const {
		COUNTERSIGN_REAL_FILE: file,
		COUNTERSIGN_REAL_FOLDER: folder,
		PORT: port,
		API_PORT: apiPort,
	} = process.env;
	if (!file || !folder || !port || !apiPort) {
		throw new Error("These tests need a stack and a file: start them with `npm run test:real -- FILE`.");
	}
	return { file, folder, origin: `http://localhost:${port}`, apiUrl: `http://127.0.0.1:${apiPort}` };
}
