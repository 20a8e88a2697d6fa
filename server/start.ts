import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { createApi } from "./app";
import { createAnchors } from "./audit/anchors";
import { loadSigningKey } from "./audit/load-signing-key";
import type { Caller } from "./auth/caller";
import { createCurrentRole, maxAgeMs } from "./auth/current-role";
import { createVerifyCaller } from "./auth/verify-caller";
import { type Clock, systemClock } from "./clock";
import { createExecutor } from "./control/executors/create";
import { createCursors } from "./cursor";
import { connect } from "./db/connect";
import type { Database } from "./db/database";
import type { Environment } from "./environment";
import { liveLimits } from "./events/limits";
import { createLiveEvents, type LiveEvents } from "./events/live-events";
import { startHousekeeping } from "./housekeeping";
import { createLog, type Log } from "./log";
import { loadServerSecret } from "./server-secret";
import { startTelemetry } from "./telemetry";
import { writeTogether } from "./write-together";

export interface StartOptions {
	environment: Environment;
	/** What has to be done with the open database before the first request is taken. */
	beforeListening?: (parts: { db: Database; clock: Clock; log: Log }) => Promise<void>;
	/** Lines on standard output, unless another one is given. */
	log?: Log;
}

export interface RunningApi {
	url: string;
	/**
	 * Lets `/ready` say no, for a while if that was asked for, takes no more requests, lets those in flight
	 * finish (at most 10 s), then closes the database.
	 */
	stop(): Promise<void>;
}

/** The port is taken, or may not be used. The message is one sentence for the person who started us. */
export class ListenError extends Error {
	override name = "ListenError";
}

const drainMs = 10_000;

/** Opens the database, gets it ready, and listens. */
export async function startApi(options: StartOptions): Promise<RunningApi> {
	const { environment, beforeListening } = options;
	const log = options.log ?? createLog(writeTogether((text) => process.stdout.write(text)));
	const clock = systemClock;
	const { signingKey, headsFile } = environment.audit;
	const key = signingKey ?? (await loadSigningKey(environment.dataDir));
	const anchors = createAnchors({ file: headsFile, key, clock, log });
	const connection = await connect(environment);
	let events: LiveEvents | undefined;
	try {
		const { db } = connection;
		db.auditHeadListeners.add(anchors.note);
		await beforeListening?.({ db, clock, log });
		await anchors.anchorAll(db);
		const executorTimeoutMs = environment.executor.kind === "none" ? 0 : environment.executor.timeoutMs;
		const housekeeping = await startHousekeeping({ db, clock, log, executorTimeoutMs });
		const verifyCaller = createVerifyCaller(environment.tokenRules, clock);
		const executor = await createExecutor(environment.executor, environment.evaluationRulesFile, clock);
		const cursors = createCursors(await loadServerSecret(db, "cursor_secret"));
		const { clerk } = environment;
		const currentRole = clerk === null ? roleOfToken : createCurrentRole({ ...clerk, clock });
		let isStopping = false;
		const readiness = async () => [
			...(isStopping ? ["the server is stopping"] : []),
			...(anchors.isHealthy() ? [] : ["the signed heads of the audit log cannot be written"]),
		];
		// Before the API is made, which asks for its meters.
		const telemetry = await startTelemetry(environment.telemetry, log);
		const { writesPerMinute } = environment;
		const { openChannel } = connection;
		events = createLiveEvents({ db, clock, log, limits: liveLimits, openChannel });
		const services = { db, clock, cursors, currentRole, executor, events };
		const app = createApi({ ...services, verifyCaller, log, readiness, writesPerMinute });
		log.info("database", { place: connection.place, durability: connection.durability });
		log.info("roles", {
			source: clerk === null ? "the token" : clerk.apiUrl,
			max_age_s: clerk === null ? 60 : maxAgeMs / 1000,
		});
		const { server, url } = await listen(app.fetch, environment);
		log.info("listening", { url, data_dir: environment.dataDir, executor: executor.name });
		const stop = async () => {
			log.info("stopping");
			isStopping = true;
			// A stream would go on for minutes; whoever reads one comes again, to another server if there is one.
			services.events.endStreams();
			await sleep(environment.stopDelayMs);
			await drain(server);
			await services.events.close();
			await housekeeping.stop();
			await anchors.close();
			await connection.close();
			await telemetry?.stop();
		};
		return { url, stop };
	} catch (error) {
		await events?.close();
		await anchors.close();
		await connection.close();
		throw error;
	}
}

/** For `COUNTERSIGN_TRUST_TOKEN_ROLES=1`. */
async function roleOfToken(caller: Caller): Promise<Caller["role"]> {
	return caller.role;
}

async function listen(
	fetch: (request: Request) => Response | Promise<Response>,
	{ host, port }: Environment,
): Promise<{ server: Server; url: string }> {
	return new Promise((resolve, reject) => {
		const serverOptions = {
			headersTimeout: 10_000,
			requestTimeout: 30_000,
			// How often Node looks for sockets that are over either of the two.
			connectionsCheckingInterval: 5_000,
			// Longer than the minute between two polls of a quiet page, or each of its reads would connect anew.
			keepAliveTimeout: 75_000,
		};
		// Without options for HTTP/2, what `serve` makes is a plain HTTP/1.1 server.
		const server = serve({ fetch, hostname: host, port, serverOptions }, (address) => {
			server.off("error", reject);
			const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
			resolve({ server, url: `http://${name}:${address.port}` });
		}) as Server;
		server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
	});
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
	if (error.code === "EADDRINUSE") {
		return new ListenError(
			`Port ${port} on ${host} is taken by another program: stop it, or set API_PORT to a free port.`,
			{ cause: error },
		);
	}
	if (error.code === "EACCES" || error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
		return new ListenError(
			`The API cannot listen on ${host}, port ${port} (${error.code}): check API_HOST and API_PORT.`,
			{ cause: error },
		);
	}
	return error;
}

async function drain(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		const timer = setTimeout(() => server.closeAllConnections(), drainMs);
		server.close(() => {
			clearTimeout(timer);
			resolve();
		});
		server.closeIdleConnections();
	});
}
