import { pause } from "./pause";

/** How soon the next portion may follow, and how long the work on one is waited for at the most. */
const pauseMs = 250;
const patienceMs = 1_000;

/**
 * Takes things one by one and hands them on in portions: the first at once, then whatever has gathered meanwhile,
 * a few times a second. The work on a portion is waited for in between, or reads that it begins would be begun anew
 * again and again and never end. `work` must not fail.
 */
export function inPortions<Thing>(
	work: (portion: readonly Thing[]) => Promise<unknown>,
): (thing: Thing) => void {
	let gathered: Thing[] = [];
	let isBusy = false;

	async function handOn(): Promise<void> {
		isBusy = true;
		while (gathered.length > 0) {
			const portion = gathered;
			gathered = [];
			await Promise.all([Promise.race([work(portion), pause(patienceMs)]), pause(pauseMs)]);
		}
		isBusy = false;
	}

	return (thing) => {
		gathered.push(thing);
		if (!isBusy) void handOn();
	};
}
