import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeTogether } from "./write-together";

test("lines of one turn are written together, in order, and none is lost between turns", async () => {
	const written: string[] = [];
	const write = writeTogether((text) => written.push(text));
	write("a\n");
	await Promise.resolve();
	write("b\n");
	expect(written).toEqual([]);
	await setImmediate();
	expect(written).toEqual(["a\nb\n"]);
	await setImmediate();
	write("c\n");
	await setImmediate();
	expect(written).toEqual(["a\nb\n", "c\n"]);
});

test("what still waits when the process ends is written, once", async () => {
	const listeners = process.listeners("exit");
	const written: string[] = [];
	const write = writeTogether((text) => written.push(text));
	write("last\n");
	const [flush] = process.listeners("exit").filter((listener) => !listeners.includes(listener));
	flush?.(0);
	await setImmediate();
	expect(written).toEqual(["last\n"]);
});
