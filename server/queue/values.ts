/** The values of a statement that is put together from parts, each under the number that it is given. */
export class Values {
	readonly list: unknown[] = [];

	/** Keeps a value and returns what stands for it in the SQL, with its type. */
	add(value: unknown, type: "uuid" | "text" | "text[]" | "timestamptz" | "float8" | "integer"): string {
		this.list.push(value);
		return `$${this.list.length}::${type}`;
	}
}
