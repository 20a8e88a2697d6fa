import { describe, expect, test } from "vitest";
import { holdScripts } from "./hold-scripts.mjs";

const chunk = (name: string) => `/_next/static/chunks/${name}.js`;
const script = (name: string) => `<script src="${chunk(name)}" async=""></script>`;
const hintOfStart = (name: string) =>
	`<link rel="preload" as="script" fetchPriority="low" href="${chunk(name)}"/>`;
const hintOfLater = (name: string) =>
	`<link rel="preload" href="${chunk(name)}" as="script" fetchPriority="low"/>`;

/** A page as Next writes it: scripts in the head, the one that starts it behind all that is seen, then data. */
function pageOf({
	head = "",
	body = "<p>seen</p>",
	start = script("start"),
	data = "<script>data()</script>",
}) {
	return `<!DOCTYPE html><html><head><link rel="stylesheet" href="/a.css"/>${head}</head><body>${body}${start}${data}`;
}

/** What the inline script of a changed page loads: scripts, and hints of what may be wanted later. */
function heldIn(html: string): [string[], string[]] {
	const [, sources, hints] = /\}\)\((\[[^\]]*\]),(\[[^\]]*\]),\d+\)<\/script>/.exec(html) ?? [];
	return [JSON.parse(sources ?? "null"), JSON.parse(hints ?? "null")];
}

describe("a page that begins as Next writes it", () => {
	test("names its scripts in one inline script only, which stands where the shell ends", () => {
		const html = holdScripts(pageOf({ head: script("a") + script("b-1.~x") }));
		expect(html).not.toMatch(/<script src/);
		expect(heldIn(html)).toEqual([[chunk("a"), chunk("b-1.~x"), chunk("start")], []]);
		expect(html).toMatch(
			/^<!DOCTYPE html><html><head><link rel="stylesheet" href="\/a.css"\/><\/head><body><p>seen<\/p><script>\(function/,
		);
		expect(html).toMatch(/<\/script><script>data\(\)<\/script>$/);
	});

	test("hints later at what is not loaded at once, and at nothing twice", () => {
		const head = hintOfStart("start") + script("a") + hintOfLater("dialog");
		const html = holdScripts(pageOf({ head }));
		expect(html).not.toContain('rel="preload"');
		expect(heldIn(html)).toEqual([[chunk("a"), chunk("start")], [chunk("dialog")]]);
	});

	test("keeps every script that is not Next's own, or not of that form, where it is", () => {
		const kept = [
			'<script src="https://clerk.example/npm/clerk.js" async="" data-clerk="x"></script>',
			'<script src="/_next/static/chunks/old.js" noModule=""></script>',
			'<script src="/_next/static/chunks/n.js" async="" nonce="abc"></script>',
			'<link rel="preload" as="style" href="/_next/static/a.css"/>',
		];
		const html = holdScripts(pageOf({ head: kept.join("") + script("a") }));
		for (const one of kept) expect(html).toContain(one);
		expect(heldIn(html)[0]).toEqual([chunk("a"), chunk("start")]);
	});

	test("keeps what a model has written, byte by byte, however much it looks like a script", () => {
		const written = `&lt;script src="${chunk("x")}" async=""&gt;&lt;/script&gt; $& $1 \u00c3\u00a9`;
		const data = `<script>push("\\u003cscript src=\\"${chunk("x")}\\" async=\\"\\"")</script>`;
		const html = holdScripts(pageOf({ head: script("a"), body: written, data }));
		expect(html).toContain(written);
		expect(html.endsWith(data)).toBe(true);
		expect(heldIn(html)[0]).toEqual([chunk("a"), chunk("start")]);
	});
});

describe("what does not look like that comes back as it is", () => {
	test.each([
		["nothing", ""],
		["a page without a script", pageOf({ start: "" })],
		[
			"a piece that ends before the script that starts it",
			pageOf({ head: script("a"), start: "", data: "" }),
		],
		[
			"a piece that ends within it",
			pageOf({ head: script("a"), start: script("start").slice(0, 20), data: "" }),
		],
		["a later piece", `<div hidden>${script("a")}</div>`],
	])("%s", (_, html) => {
		expect(holdScripts(html)).toBe(html);
	});
});
