import { revealHiddenCharacters } from "../hidden-characters";

/** A name in a sentence may be as long as a line, not as a page: it comes from a model. */
const nameMaxLength = 80;

const figures = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A key as words: `refusal_rate` is read "refusal rate". */
export function wordsOf(key: string): string {
	return key.replaceAll("_", " ");
}

/** The same for a sentence: what cannot be seen is written out, and what is too long is cut. */
export function nameInWords(name: string): string {
	const start = Array.from(name.slice(0, 2 * nameMaxLength))
		.slice(0, nameMaxLength)
		.join("");
	const words = revealHiddenCharacters(wordsOf(start)).text;
	return start.length < name.length ? `${words}…` : words;
}

/** A figure with at most four decimals and a true minus sign. */
export function figureInWords(value: number): string {
	return figures.format(value === 0 ? 0 : value).replace("-", "−");
}

/** The same with its sign always written: `+0.29`, `−0.08`, `0`. */
export function signedInWords(value: number): string {
	const text = figureInWords(value);
	return value > 0 && text !== "0" ? `+${text}` : text.replace(/^−0$/, "0");
}

/** To two significant figures, which is as much as an interval's end is worth. */
export function roundedInWords(value: number): string {
	return signedInWords(Number(value.toPrecision(2)));
}

/** `p < 0.001`, `p = 0.012`. */
export function pValueInWords(pValue: number): string {
	if (pValue < 0.001) return "p < 0.001";
	return pValue > 0.9995 ? "p = 1" : `p = ${pValue.toFixed(3)}`;
}

/** `a`, `a and b`, `a, b and c`; of more than five the first four and how many follow. */
export function listInWords(items: readonly string[]): string {
	const shown = items.length > 5 ? [...items.slice(0, 4), `${items.length - 4} more`] : items;
	const last = shown.at(-1) ?? "";
	return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** What a value of any kind is, short and safe: a report may hold anything where a number belongs. */
export function valueInWords(value: unknown): string {
	if (value === undefined) return "nothing";
	if (value === null) return "null";
	if (typeof value === "number") {
		return Number.isFinite(value) ? figureInWords(value) : "not a finite number";
	}
	if (typeof value === "string") return `the text “${nameInWords(value)}”`;
	if (typeof value === "boolean") return String(value);
	return Array.isArray(value) ? "a list" : "an object";
}
