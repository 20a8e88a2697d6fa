/** The import cannot go on. `message` is one sentence that says what to do. */
export class Stop extends Error {
	override readonly name = "Stop";
}

/** The import never got under way: the file, the API or the token is not usable. */
export class CannotStart extends Stop {}
