"use client";

import { Fragment } from "react";
import { usePresence } from "@/components/layout/live-updates";
import { Actor, useViewer } from "@/components/layout/viewer";

/** More names than this are counted. */
const namesMax = 2;

/** Says which other owners have this page open. Its line is kept free, so that nothing moves when they come. */
export function PresenceNotice({ deploymentId }: { deploymentId: string }) {
	const { userId } = useViewer();
	const others = usePresence(deploymentId).filter((id) => id !== userId);
	return (
		<p role="status" data-no-print className="h-4 truncate text-ink-muted text-xs">
			{others.length === 0 ? null : (
				<>
					<Names ids={others} /> {others.length === 1 ? "has" : "have"} this page open, too.
				</>
			)}
		</p>
	);
}

function Names({ ids }: { ids: readonly string[] }) {
	const named = ids.length > namesMax + 1 ? ids.slice(0, namesMax) : ids;
	const rest = ids.length - named.length;
	return named.map((id, place) => (
		<Fragment key={id}>
			{separator(place, named.length + (rest > 0 ? 1 : 0))}
			<Actor id={id} />
			{rest > 0 && place === named.length - 1 ? ` and ${rest} others` : null}
		</Fragment>
	));
}

function separator(place: number, count: number): string {
	if (place === 0) return "";
	return place === count - 1 ? " and " : ", ";
}
