import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Line, lineMaxBytes, readLines } from "./lines";

async function linesOf(content: string | Uint8Array): Promise<Line[]> {
	const folder = mkdtempSync(join(tmpdir(), "countersign-lines-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	writeFileSync(join(folder, "file"), content);
	const lines: Line[] = [];
	for await (const line of readLines(join(folder, "file"))) lines.push(line);
	return lines;
}

test("lines are numbered as in an editor, with either line end and with or without a last one", async () => {
	const text = (number: number, line: string) => ({ number, content: { text: line } });
	expect(await linesOf("a\r\n\nb")).toEqual([text(1, "a"), text(2, ""), text(3, "b")]);
	expect(await linesOf("a\n")).toEqual([text(1, "a")]);
	expect(await linesOf("")).toEqual([]);
});

test("a byte order mark at the start of the file is no part of the first line", async () => {
	expect(await linesOf("\ufeffa\n\ufeffb")).toEqual([
		{ number: 1, content: { text: "a" } },
		{ number: 2, content: { text: "\ufeffb" } },
	]);
});

test("a line of 4 MB is read whole, over the bounds of what is read at once", async () => {
	const long = "é€😀".repeat(500_000);
	const lines = await linesOf(`a\n${long}\nb`);
	expect(lines.map(({ content }) => ("text" in content ? content.text.length : 0))).toEqual([
		1,
		long.length,
		1,
	]);
	expect(lines[1]?.content).toEqual({ text: long });
});

test("a line that is too long, or no UTF-8, is named and the lines after it are read", async () => {
	const bytes = Buffer.concat([
		Buffer.alloc(lineMaxBytes + 1, "x"),
		Buffer.from("\nab\xff\n", "latin1"),
		Buffer.from("c"),
	]);
	expect(await linesOf(bytes)).toEqual([
		{ number: 1, content: { fault: "is longer than 25,165,824 bytes" } },
		{ number: 2, content: { fault: "is not valid UTF-8" } },
		{ number: 3, content: { text: "c" } },
	]);
});
