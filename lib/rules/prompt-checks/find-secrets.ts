import { firstOf, type Hit, hitsOf, isPlaceholder } from "./content-hit";

/** Tokens whose own form says whose they are. Each begins where no such token goes on, and is bounded. */
const knownTokens = new RegExp(
	`(?<![\\w-])(?:${[
		"sk-[\\w-]{20,200}",
		"(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,200}",
		"gh[pousr]_[A-Za-z0-9]{30,255}",
		"github_pat_\\w{40,255}",
		"glpat-[\\w-]{20,100}",
		"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])",
		"xox[abeoprs]-[\\w-]{10,250}",
		"AIza[\\w-]{35}",
		"ya29\\.[\\w-]{20,500}",
		"SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}",
		"npm_[A-Za-z0-9]{36}",
		"hf_[A-Za-z0-9]{30,64}",
		"eyJ[\\w-]{8,2000}\\.eyJ[\\w-]{8,4000}\\.[\\w-]{8,2000}",
	].join("|")})`,
	"g",
);
const privateKey = /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const namedSecret =
	/(?:api[_-]?key|secret|passw(?:or)?d|passwort|contraseña|mot de passe|access[_-]?token|auth[_-]?token|bearer)["']?(?: is| ?[:=])? ?["'`]?([^\s"'`<>{}$()[\],;]{8,200})/giu;
const longRun = /(?<![\w/+.=@%-])[A-Za-z0-9+/_-]{32,4000}={0,2}(?![\w/+@-])/g;

/** Private keys, tokens of known form, values behind a word such as “password”, and random text of 32 to 79 characters. */
export function findKeys(text: string): Hit[] {
	const severe = (value: string) => ({ severity: "severe" as const, masked: `${firstOf(value, 5)}…` });
	return [
		...hitsOf(text, privateKey, () => ({ severity: "severe", masked: "a private key" })),
		...hitsOf(text, knownTokens, (value) => (isPlaceholder(value) ? null : severe(value))),
		...hitsOf(text, namedSecret, (value) =>
			isPlaceholder(value) || !isPasswordLike(value) ? null : severe(value),
		),
		...hitsOf(text, longRun, (value) => (isRandom(value) && value.length < 80 ? severe(value) : null)),
	];
}

/** Text behind the word “password” is mostly the rest of a sentence; a password mixes what a word does not. */
function isPasswordLike(value: string): boolean {
	const word = value.replace(/[.:!?]+$/, "");
	const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(word)).length;
	return (
		word.length >= 8 && /\d/.test(word) && /[A-Za-z]/.test(word) && kinds >= 3 && !/[/\\]|\w\.\w/.test(word)
	);
}

/** Paths, names of functions and CSS classes are long too: random text has capitals and digits all over. */
function isRandom(value: string): boolean {
	const count = (pattern: RegExp) => value.match(pattern)?.length ?? 0;
	if (isPlaceholder(value)) return false;
	if (count(/\d/g) < 4 || count(/[A-Z]/g) < 4 || count(/[a-z]/g) < 4) return false;
	const switches = count(/[a-z](?=[A-Z\d])|\d(?=[A-Za-z])|[A-Z](?=\d)/g);
	return switches >= value.length * 0.26 && entropyOf(value) >= 4;
}

/** Shannon entropy in bits a character. */
function entropyOf(value: string): number {
	const counts = new Map<string, number>();
	for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
	let bits = 0;
	for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
	return bits;
}

/** Data URLs and random text of 80 characters and more, as Base64 and other encodings make it. */
export function findBlobs(text: string): Hit[] {
	return [
		...hitsOf(text, /data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/]{16,4000}/g, () => ({})),
		...hitsOf(text, /(?<![\w/+.=@%-])[A-Za-z0-9+/_-]{80,4000}={0,2}/g, (value) =>
			isRandom(value) ? {} : null,
		),
	];
}

const uuid = /(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/gi;
const hexRun = /(?<![\w/+.#-])(?=[0-9a-f]{0,31}\d)(?=\d{0,31}[a-f])[0-9a-f]{32,128}(?![\w-])/gi;
/** The UUIDs that handbooks print. */
const printedUuid = /^(?:123e4567-e89b|550e8400-e29b|f47ac10b-58cc|12345678-|00000000-|ffffffff-)/i;

/** UUIDs and hexadecimal text of 32 to 128 characters: hashes, or the ids of somebody's record. */
export function findIds(text: string): Hit[] {
	const judge = (value: string): Partial<Hit> | null =>
		printedUuid.test(value) || new Set(value).size < 8
			? null
			: { severity: "note", value: value.toLowerCase() };
	return [...hitsOf(text, uuid, judge), ...hitsOf(text, hexRun, judge)];
}
