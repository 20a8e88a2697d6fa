import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { expect, test } from "./fixtures";

const frontendApi = "smart-fox-12.clerk.accounts.dev";
let dashboard: ChildProcess | undefined;

test.afterEach(() => {
	dashboard?.kill("SIGTERM");
});

test("the same build, started with the keys of a real Clerk instance, goes to that instance", async () => {
	const port = await findFreePort();
	dashboard = spawn(process.execPath, ["scripts/serve.mjs"], {
		stdio: "ignore",
		env: {
			...process.env,
			PORT: String(port),
			COUNTERSIGN_HOST: "localhost",
			COUNTERSIGN_ORIGIN: `http://localhost:${port}`,
			COUNTERSIGN_API_URL: "https://api.example.com",
			NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: `pk_test_${btoa(`${frontendApi}$`).replaceAll("=", "")}`,
			CLERK_SECRET_KEY: "sk_test_0123456789abcdef0123456789abcdef",
		},
	});
	const signIn = `http://localhost:${port}/sign-in`;
	await expect
		.poll(async () => (await fetch(signIn).catch(() => null))?.status, { timeout: 30_000 })
		.toBe(200);
	const html = await (await fetch(signIn)).text();
	expect(html).toContain(`src="https://${frontendApi}/npm/@clerk/clerk-js`);
	expect(html).not.toContain("/__clerk");
	const standIn = await fetch(`http://localhost:${port}/__clerk/v1/environment`);
	expect(standIn.status).toBe(404);
	const visit = await fetch(`http://localhost:${port}/deployments`, {
		redirect: "manual",
		headers: { accept: "text/html", "sec-fetch-dest": "document" },
	});
	expect(visit.headers.get("location")).toMatch(
		new RegExp(`^https://${frontendApi.replaceAll(".", "[.]")}/v1/client/handshake`),
	);
});

function findFreePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}
