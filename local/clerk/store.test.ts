import { readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openClerkStore } from "./store";
import { makeDataDir, openBrowser, openStandIn } from "./test-browser";

test("a restart signs nobody out and forgets no unfinished sign-in", async () => {
	const before = await openStandIn();
	const owner = openBrowser(before);
	const { response } = await owner.signIn("owner@example.com");
	const halfway = openBrowser(before);
	const started = await (
		await halfway.post("/v1/client/sign_ins", { identifier: "member@example.com" })
	).json();

	const after = await openStandIn({ dataDir: before.dataDir });
	const ownerAgain = openBrowser(after, owner.cookies);
	expect((await ownerAgain.post(`/v1/client/sessions/${response.created_session_id}/tokens`)).status).toBe(
		200,
	);
	const attempt = `/v1/client/sign_ins/${started.response.id}/attempt_first_factor`;
	const finished = await openBrowser(after, halfway.cookies).post(attempt, {
		strategy: "password",
		password: "countersign",
	});
	expect(finished.status).toBe(200);
});

test("sign-ins are written whole, and only their owner may read them", async () => {
	const { dataDir, ...standIn } = await openStandIn();
	await openBrowser({ dataDir, ...standIn }).signIn("owner@example.com");
	const folder = path.join(dataDir, "clerk");
	expect(readdirSync(folder)).toEqual(["clients.json"]);
	expect(statSync(path.join(folder, "clients.json")).mode & 0o777).toBe(0o600);
});

test("browsers that nobody used for a week are forgotten", async () => {
	const standIn = await openStandIn();
	const old = openBrowser(standIn);
	await old.signIn("owner@example.com");
	standIn.clock.now = new Date(standIn.clock.now.getTime() + 8 * 24 * 60 * 60 * 1000);
	await openBrowser(standIn).signIn("member@example.com");
	const [id = ""] = [...old.cookies.values()];
	expect(openClerkStore(standIn.dataDir).getClient(id, standIn.clock.now)).toBeNull();
});

test("a spoilt file is named, with what to do about it", async () => {
	const dataDir = makeDataDir();
	await openBrowser(await openStandIn({ dataDir })).signIn("owner@example.com");
	writeFileSync(path.join(dataDir, "clerk", "clients.json"), "{");
	expect(() => openClerkStore(dataDir)).toThrow(/clients\.json cannot be read\. Delete that file/);
});
