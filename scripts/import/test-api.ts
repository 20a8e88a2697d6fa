import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "vitest";

interface Project {
	id: string;
	name: string;
	slug: string;
	archived_at: string | null;
}

/** What stands in for the next answer to a new deployment. */
export type Trouble =
	| { status: number; body?: unknown; headers?: Record<string, string> }
	/** The connection breaks before anything is kept. */
	| "lost"
	/** The deployment is kept, and the connection breaks before the answer. */
	| "lost after it was kept";

/** The context of a test that runs beside others: only that knows which one is over. */
export type Cleanup = Pick<TestContext, "onTestFinished">;

const moment = "2026-11-22T10:00:00.000Z";

/** A small HTTP server that keeps the API's rules about what exists already, and fails when it is told to. */
export async function openTestApi(
	{ onTestFinished }: Cleanup,
	{ token = "test-token" as string | null } = {},
) {
	const projects: Project[] = [];
	const deployments: Record<string, unknown>[] = [];
	const requests: { method: string; path: string; authorization: string; atMs: number }[] = [];
	const troubles: Trouble[] = [];
	let isGone = false;

	const server = createServer((request, response) => {
		void answer(request, response);
	});

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const { method = "", url = "", headers } = request;
		requests.push({ method, path: url, authorization: headers.authorization ?? "", atMs: Date.now() });
		if (isGone) return void request.socket.destroy();
		if (token !== null && headers.authorization !== `Bearer ${token}`) {
			return reply(response, { status: 401, body: { error: "Sign in.", code: "unauthenticated" } });
		}
		if (method === "GET") {
			const isAll = url.includes("include_archived=true");
			const listed = projects.filter(({ archived_at }) => isAll || archived_at === null);
			return reply(response, { status: 200, body: { projects: listed.map(asAnswered) } });
		}
		const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
		if (url === "/v1/projects") return reply(response, addProject(body));
		const trouble = troubles.shift();
		if (trouble === "lost") return void request.socket.destroy();
		if (trouble === undefined) return reply(response, addDeployment(body));
		if (trouble !== "lost after it was kept") return reply(response, trouble);
		addDeployment(body);
		request.socket.destroy();
	}

	function addProject({ name, slug = name.toLowerCase() }: { name: string; slug?: string }) {
		const existing = projects.find((project) => project.slug === slug);
		if (existing) {
			return {
				status: 409,
				body: { error: "There is one.", code: "project_exists", existing_id: existing.id },
			};
		}
		const project = { id: `project-${projects.length + 1}`, name, slug, archived_at: null };
		projects.push(project);
		return { status: 201, body: asAnswered(project) };
	}

	function addDeployment(body: Record<string, unknown>) {
		const isThere = deployments.some((one) => one.proposed_prompt === body.proposed_prompt);
		if (isThere) return { status: 409, body: { error: "There is one.", code: "deployment_exists" } };
		deployments.push(body);
		return { status: 201, body: { ...body, id: `deployment-${deployments.length}` } };
	}

	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		projects,
		deployments,
		requests,
		/** What the next new deployments meet, in this order. */
		troubles,
		/** From now on every connection breaks; or no longer. */
		setGone: (gone: boolean) => {
			isGone = gone;
		},
	};
}

function asAnswered(project: Project) {
	return { ...project, organization_id: "org_test", created_at: moment, updated_at: moment };
}

function reply(
	response: ServerResponse,
	{ status, body = {}, headers = {} }: { status: number; body?: unknown; headers?: Record<string, string> },
): void {
	response.writeHead(status, { "content-type": "application/json", ...headers });
	response.end(JSON.stringify(body));
}
