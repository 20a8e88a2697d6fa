import { randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 27;

/** A fresh unguessable id in Clerk's form: `sess_` and 27 letters or digits. */
export function newId(prefix: "client" | "sess" | "sia" | "dvb"): string {
	const letters = Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]);
	return `${prefix}_${letters.join("")}`;
}
