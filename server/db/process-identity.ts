import { readFileSync } from "node:fs";

/**
 * When a process started, in a spelling that no later process with the same pid shares (boot id and clock
 * ticks since boot); null where there is no /proc to ask, or no such process.
 */
export function processStart(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The name, in parentheses, may hold spaces and parentheses; field 22 is counted from after it.
		const startTicks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
		const bootId = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
		return startTicks === undefined ? null : `${bootId}:${startTicks}`;
	} catch {
		return null;
	}
}

/** True when the process that wrote this pid and start still runs; in doubt true. */
export function isRunning(holder: { pid: number; start: string | null }): boolean {
	try {
		process.kill(holder.pid, 0);
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
	const start = processStart(holder.pid);
	return start === null || holder.start === null || start === holder.start;
}
