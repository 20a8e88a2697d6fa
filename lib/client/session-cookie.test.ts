import { UnsecuredJWT } from "jose";
import { expect, test } from "vitest";
import { sessionTokenLeftMs } from "./session-cookie";

const now = 1_800_000_000_000;
const tokenFor = (seconds: number) => new UnsecuredJWT({ exp: now / 1_000 + seconds }).encode();

test("the session token that ends first says how long is left", () => {
	expect(sessionTokenLeftMs(`a=b; __session=${tokenFor(40)}; __client_uat=1`, now)).toBe(40_000);
	expect(sessionTokenLeftMs(`__session=${tokenFor(40)}; __session_AbC-1=${tokenFor(-5)}`, now)).toBe(-5_000);
});

test("cookies without a readable token say nothing", () => {
	const endless = new UnsecuredJWT({}).encode();
	for (const cookies of [
		"",
		"a=b",
		"__session=",
		"__session=x.y.z",
		`__session=${endless}`,
		"__sessions=1",
	]) {
		expect(sessionTokenLeftMs(cookies, now), cookies).toBeNull();
	}
});
