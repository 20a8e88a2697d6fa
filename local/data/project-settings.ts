import type { SampleProject, SampleSettings } from "./types";

/** What a project begins with. */
const usual: SampleSettings = { prompt_autoship_enabled: false, max_retry_depth: 3, max_cascade_depth: 5 };

interface SettingChange {
	changedBy: string;
	hoursAgo: number;
	/** As the audit log tells it: from what to what, by setting. */
	changes: Record<string, { from: unknown; to: unknown }>;
}

/** The settings of a sample project as they are now, and how they came to be so, oldest first. */
export function settingsOf({ settingChanges = [] }: SampleProject): {
	now: SampleSettings;
	changes: SettingChange[];
} {
	let now = usual;
	const changes = settingChanges.map(({ to, changedBy, hoursAgo }) => {
		const before = new Map<string, unknown>(Object.entries(now));
		now = { ...now, ...to };
		const told = Object.entries(to).map(([key, value]) => [key, { from: before.get(key), to: value }]);
		return { changedBy, hoursAgo, changes: Object.fromEntries(told) };
	});
	return { now, changes };
}
