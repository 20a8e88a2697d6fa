"use client";

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from "react";
import { formatAge, formatDuration, formatMoment } from "@/lib/format";

const ClockContext = createContext(0);
const tickMs = 20_000;

/**
 * One clock for all ages on a page. It starts at the server's moment, so that the first paint in the
 * browser says what the server wrote.
 */
export function ClockProvider({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
	const [now, setNow] = useState(renderedAt);
	useEffect(() => {
		// As a transition: an urgent change of what every age depends on would bring the whole page to life in one go.
		const tick = () => startTransition(() => setNow(Date.now()));
		tick();
		const timer = setInterval(tick, tickMs);
		return () => clearInterval(timer);
	}, []);
	return <ClockContext value={now}>{children}</ClockContext>;
}

interface AgeProps {
	at: string;
	/** What makes a sentence of it: `5 min ago`. What has only just been is `just now`, and `now` as a bare figure. */
	suffix?: string;
	/** What is said on hover instead of the exact moment; it has to hold it. */
	title?: string;
}

/** How long ago something was, with the exact moment on hover; a text that is no date is shown as it is. */
export function Age({ at, suffix = "", title }: AgeProps) {
	return (
		<Elapsed
			since={at}
			title={title}
			inWords={(elapsedMs) => {
				const age = formatAge(elapsedMs);
				if (suffix === "") return age;
				return age === "now" ? "just now" : `${age}${suffix}`;
			}}
		/>
	);
}

interface DurationProps {
	since: string;
	/** Of several things that have lasted longer: `over 5 min`. */
	isOver?: boolean;
}

/** How long something has lasted, within a sentence: `under a minute`, `5 min`. */
export function Duration({ since, isOver = false }: DurationProps) {
	return (
		<Elapsed
			since={since}
			inWords={(elapsedMs) => {
				const duration = formatDuration(elapsedMs);
				// Not “over under a minute”.
				return isOver && duration === formatAge(elapsedMs) ? `over ${duration}` : duration;
			}}
		/>
	);
}

interface ElapsedProps {
	since: string;
	title?: string | undefined;
	inWords: (elapsedMs: number) => string;
}

function Elapsed({ since, title, inWords }: ElapsedProps) {
	const now = useContext(ClockContext);
	const time = Date.parse(since);
	if (Number.isNaN(time)) return <span>{since}</span>;
	return (
		<time dateTime={since} title={title ?? formatMoment(since)} className="whitespace-nowrap">
			{inWords(now - time)}
		</time>
	);
}
