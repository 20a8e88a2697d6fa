/** An unusable database. The message is one sentence for the person who started us. */
export class DatabaseError extends Error {
	override name = "DatabaseError";
}
