import type { lookup } from "node:dns";
import { describe, expect, test } from "vitest";
import { openHttpEndpoint } from "@/test/http-endpoint";
import { type Post, postOnce } from "./post-once";
import { addressIn, isPublicAddress, publicLookup } from "./public-address";

describe("isPublicAddress", () => {
	test.each([
		"0.0.0.0",
		"10.1.2.3",
		"100.64.0.1",
		"127.0.0.1",
		"127.255.255.254",
		"169.254.169.254",
		"172.16.0.1",
		"172.31.255.255",
		"192.0.0.1",
		"192.168.1.1",
		"198.19.0.1",
		"224.0.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"::ffff:127.0.0.1",
		"::ffff:8.8.8.8",
		"64:ff9b::a00:1",
		"fc00::1",
		"fd12:3456::1",
		"fe80::1",
		"fe80::1%eth0",
		"ff02::1",
		"2001::1",
		"2001:db8::1",
		"2002:7f00:1::",
		"localhost",
		"",
	])("%s is not", (address) => {
		expect(isPublicAddress(address)).toBe(false);
	});

	test.each(["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "2a00::1"])(
		"%s is",
		(address) => {
			expect(isPublicAddress(address)).toBe(true);
		},
	);

	test.each([
		["http://2130706433/", "127.0.0.1"],
		["http://0x7f.1/", "127.0.0.1"],
		["http://[::1]:80/", "::1"],
		["https://executor.example/", null],
	])("the host of %s is read as %s, however it is spelled", (url, address) => {
		expect(addressIn(new URL(url))).toBe(address);
	});
});

describe("a name that resolves to a private address", () => {
	const post = (url: string): Post => ({
		url,
		headers: {},
		body: "{}",
		signal: AbortSignal.timeout(5_000),
		maxReplyBytes: 100,
		allowPrivate: false,
	});
	/** A name server that gives another answer each time. */
	const answering = (...answers: string[][]) => {
		const resolve = (_name: string, _options: object, callback: (...told: unknown[]) => void) => {
			const addresses = answers.shift() ?? [];
			callback(
				null,
				addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
			);
		};
		// The cast: of the many forms of `lookup` only the one for all addresses is asked for.
		return publicLookup(resolve as typeof lookup);
	};
	const refused = { kind: "private_address", wasSent: false };

	test("is not connected to, also when only one of its addresses is private", async () => {
		const endpoint = await openHttpEndpoint();
		const { port } = new URL(endpoint.origin);
		for (const answer of [["127.0.0.1"], ["::1"], ["1.1.1.1", "127.0.0.1"]]) {
			await expect(postOnce(post(`http://executor.test:${port}/`), answering(answer))).rejects.toMatchObject(
				refused,
			);
		}
		await expect(postOnce(post(`http://localhost:${port}/`))).rejects.toMatchObject(refused);
		await expect(postOnce(post(endpoint.origin))).rejects.toMatchObject(refused);
		expect(endpoint.received).toEqual([]);
		await endpoint.close();
	});

	test("gains nothing by answering differently the next time: every connection looks at what it connects to", async () => {
		const endpoint = await openHttpEndpoint();
		const { port } = new URL(endpoint.origin);
		const rebinding = answering(["1.1.1.1"], ["127.0.0.1"]);
		const first = new Promise((resolve) =>
			rebinding("executor.test", { all: true }, (...told) => resolve(told)),
		);
		expect(await first).toEqual([null, [{ address: "1.1.1.1", family: 4 }]]);
		await expect(postOnce(post(`http://executor.test:${port}/`), rebinding)).rejects.toMatchObject(refused);
		expect(endpoint.received).toEqual([]);
		await endpoint.close();
	});
});
