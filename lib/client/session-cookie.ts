import { decodeJwt } from "jose";

/**
 * How long the session token in these cookies (`document.cookie`) lives on from `now`, in milliseconds: of
 * several the one that ends first, because which one counts is Clerk's affair. Null where there is none to be
 * read. This only says whether it is worth waiting for a new one; what a token is good for is for the API to say.
 */
export function sessionTokenLeftMs(cookies: string, now: number): number | null {
	const ends = cookies.split(/; */).flatMap((cookie) => {
		const [, token] = /^__session(?:_[\w-]+)?=(.+)$/.exec(cookie) ?? [];
		const end = token === undefined ? undefined : endOf(token);
		return end === undefined ? [] : [end];
	});
	return ends.length === 0 ? null : Math.min(...ends) * 1_000 - now;
}

function endOf(token: string): number | undefined {
	try {
		return decodeJwt(token).exp;
	} catch {
		return undefined;
	}
}
