"use client";

import { Button } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";

/** A page that could not be drawn at all; the bar and the alarms above it stay. */
export default function DashboardError({
	error,
	reset,
}: {
	error: Error & { digest?: string };
	reset: () => void;
}) {
	return (
		<PageMessage title="This page could not be shown">
			<p>
				Nothing was decided by this. The log of the dashboard has the cause
				{error.digest ? ` under ${error.digest}` : ""}.
			</p>
			<Button className="mt-4" onClick={reset}>
				Try again
			</Button>
		</PageMessage>
	);
}
