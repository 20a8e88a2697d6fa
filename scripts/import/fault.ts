/** What is wrong with one field of a record; the field `record` is the record as a whole. */
export interface Fault {
	field: string;
	message: string;
}
