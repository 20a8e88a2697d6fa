import { z } from "zod";
import { uuidSchema } from "@/lib/contract/identifiers";
import type { Clock } from "../clock";

type HearPresence = (userIds: readonly string[]) => void;

interface Looker {
	deploymentId: string;
	/** Null for somebody who is told who is there and does not count. */
	userId: string | null;
	hear: HearPresence;
}

/** Who has which deployment open, in this process and as the others say. Kept in memory only. */
export interface Presence {
	/**
	 * Says at once who is there and again whenever that changes. The returned function ends it; the person counts
	 * as there for `lingerMs` more.
	 */
	look(looker: Looker): (options: { lingerMs: number }) => void;
	/** Takes a line of another process; one that is none of ours is passed over. */
	hear(line: string, from: string): void;
	/** Tells the others who is here, and forgets what they have not repeated. */
	beat(): void;
}

/** What one process tells of one deployment at the most: the line must fit into a message. */
const usersMax = 50;

const lineSchema = z.union([
	z.tuple([z.literal("here"), uuidSchema, z.array(z.string()).max(usersMax)]),
	z.tuple([z.literal("who"), uuidSchema]),
]);

/** What is known of one deployment that somebody in this process looks at. */
interface Room {
	hearers: Set<HearPresence>;
	/** How often each person is here: two tabs are one person. */
	counts: Map<string, number>;
	elsewhere: Map<string, { userIds: readonly string[]; until: number }>;
	/** What was said last, so that nothing is said twice. */
	said: string;
}

/** Keeps the rooms. `send` tells the other processes; of lines with one key the newest counts. */
export function createPresence(parts: {
	clock: Clock;
	keepMs: number;
	send: (key: string, line: string) => void;
}): Presence {
	const { clock, keepMs, send } = parts;
	const rooms = new Map<string, Room>();

	function roomOf(deploymentId: string): Room {
		const known = rooms.get(deploymentId);
		if (known !== undefined) return known;
		const room: Room = { hearers: new Set(), counts: new Map(), elsewhere: new Map(), said: "[]" };
		rooms.set(deploymentId, room);
		// What the others know is not waited for until they repeat it.
		send(`who ${deploymentId}`, JSON.stringify(["who", deploymentId]));
		return room;
	}

	function tellOthers(deploymentId: string, { counts }: Room): void {
		const userIds = [...counts.keys()].slice(0, usersMax);
		send(`here ${deploymentId}`, JSON.stringify(["here", deploymentId, userIds]));
	}

	function peopleIn({ counts, elsewhere }: Room): string[] {
		const ids = [...counts.keys(), ...[...elsewhere.values()].flatMap(({ userIds }) => userIds)];
		return [...new Set(ids)].sort();
	}

	function tellHere(room: Room): void {
		const people = peopleIn(room);
		const said = JSON.stringify(people);
		if (said === room.said) return;
		room.said = said;
		for (const hear of room.hearers) hear(people);
	}

	function count(deploymentId: string, userId: string, step: 1 | -1): void {
		const room = roomOf(deploymentId);
		const before = room.counts.get(userId) ?? 0;
		const after = before + step;
		if (after > 0) room.counts.set(userId, after);
		else room.counts.delete(userId);
		if (before === 0 || after === 0) tellOthers(deploymentId, room);
		tellHere(room);
		close(deploymentId, room);
	}

	function close(deploymentId: string, { hearers, counts }: Room): void {
		if (hearers.size === 0 && counts.size === 0) rooms.delete(deploymentId);
	}

	function leave(deploymentId: string, userId: string, lingerMs: number): void {
		const leaveNow = () => count(deploymentId, userId, -1);
		if (lingerMs > 0) setTimeout(leaveNow, lingerMs).unref();
		else leaveNow();
	}

	return {
		look({ deploymentId, userId, hear }) {
			const room = roomOf(deploymentId);
			if (userId !== null) count(deploymentId, userId, 1);
			room.hearers.add(hear);
			hear(peopleIn(room));
			return ({ lingerMs }) => {
				room.hearers.delete(hear);
				if (userId !== null) leave(deploymentId, userId, lingerMs);
				else close(deploymentId, room);
			};
		},
		hear(line, from) {
			const said = readLine(line);
			const room = said === null ? undefined : rooms.get(said[1]);
			if (said === null || room === undefined) return;
			const [kind, deploymentId, userIds] = said;
			if (kind === "who") {
				if (room.counts.size > 0) tellOthers(deploymentId, room);
				return;
			}
			if (userIds.length === 0) room.elsewhere.delete(from);
			else room.elsewhere.set(from, { userIds, until: clock().getTime() + keepMs });
			tellHere(room);
		},
		beat() {
			const now = clock().getTime();
			for (const [deploymentId, room] of rooms) {
				for (const [from, { until }] of room.elsewhere) if (until <= now) room.elsewhere.delete(from);
				if (room.counts.size > 0) tellOthers(deploymentId, room);
				tellHere(room);
			}
		},
	};
}

function readLine(line: string): z.output<typeof lineSchema> | null {
	try {
		return lineSchema.safeParse(JSON.parse(line)).data ?? null;
	} catch {
		return null;
	}
}
