import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { programOf } from "@/test/child";
import { makeDataDir } from "./test-browser";

function startMain(env: { CLERK_PORT: string; NODE_ENV?: "production"; COUNTERSIGN_LOCAL?: string }) {
	const child = spawn(process.execPath, programOf("local/clerk/main.ts"), {
		env: { NODE_ENV: "test", PATH: process.env.PATH, COUNTERSIGN_DATA_DIR: makeDataDir(), ...env },
		stdio: ["ignore", "pipe", "pipe", "ipc"],
	});
	onTestFinished(() => {
		child.kill("SIGKILL");
	});
	let output = "";
	child.stdout?.on("data", (chunk) => {
		output += chunk;
	});
	child.stderr?.on("data", (chunk) => {
		output += chunk;
	});
	// Node emits no "close" for a child whose channel the parent closed, only "exit".
	const exitCode = once(child, "exit").then(([code]) => code);
	return { child, exitCode, readOutput: () => output.trim() };
}

async function openServer() {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	return { port: String(port), close: () => new Promise((resolve) => server.close(resolve)) };
}

async function freePort(): Promise<string> {
	const { port, close } = await openServer();
	await close();
	return port;
}

test("it does not start in production, and says why", async () => {
	const { exitCode, readOutput } = startMain({ CLERK_PORT: await freePort(), NODE_ENV: "production" });
	expect(await exitCode).toBe(1);
	await expect
		.poll(readOutput)
		.toMatch(/^This is a stand-in for Clerk .*NODE_ENV=production.*COUNTERSIGN_LOCAL=1/);
});

test("a taken port gets one sentence", async () => {
	const { port, close } = await openServer();
	const { exitCode, readOutput } = startMain({ CLERK_PORT: port });
	expect(await exitCode).toBe(1);
	await expect
		.poll(readOutput)
		.toBe(`Port ${port} is taken. Stop what uses it, or set CLERK_PORT to another port.`);
	await close();
});

test.each<[string, (child: ChildProcess) => unknown]>([
	["SIGINT", (child) => child.kill("SIGINT")],
	["SIGTERM", (child) => child.kill("SIGTERM")],
	["the end of its parent", (child) => child.disconnect()],
])("it answers on this computer and stops cleanly at %s", async (_cause, stop) => {
	const port = await freePort();
	const { child, exitCode } = startMain({
		CLERK_PORT: port,
		NODE_ENV: "production",
		COUNTERSIGN_LOCAL: "1",
	});
	await once(child.stdout ?? child, "data");
	expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
	stop(child);
	expect(await exitCode).toBe(0);
});
