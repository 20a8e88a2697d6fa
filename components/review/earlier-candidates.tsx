"use client";

import Link from "next/link";
import { Suspense, use } from "react";
import { StatusMark } from "@/components/deployments/status-mark";
import { Age } from "@/components/ui/clock";
import { Panel } from "@/components/ui/panel";
import { PlainText } from "@/components/ui/plain-text";
import { countOf, shortenId } from "@/lib/format";
import type { PreparedReview } from "@/lib/review/prepared-review";
import { routes } from "@/lib/routes";

const shownMax = 5;

/** What was proposed for the same cluster before, how it ended and why. */
export function EarlierCandidates({ later }: Pick<PreparedReview, "later">) {
	return (
		<Suspense>
			<CandidateList later={later} />
		</Suspense>
	);
}

function CandidateList({ later }: Pick<PreparedReview, "later">) {
	const { candidates } = use(later);
	if (candidates.length === 0) return null;
	return (
		<Panel title="Earlier candidates">
			<ul className="space-y-2">
				{candidates.slice(0, shownMax).map(({ id, status, createdAt, reason, similarity, isSamePrompt }) => (
					<li key={id}>
						<span className="flex flex-wrap items-center gap-x-3">
							<StatusMark status={status} />
							<Link href={routes.deployment(id)} className="font-mono text-accent text-xs hover:underline">
								{shortenId(id)}
							</Link>
							<span className="text-ink-muted text-xs">
								<Age at={createdAt} suffix=" ago" />
								{isSamePrompt
									? " · the same prompt"
									: similarity === null
										? ""
										: ` · ${Math.round(similarity * 100)} % of the same changes`}
							</span>
						</span>
						{reason === null ? null : (
							<p className="text-ink-muted">
								<PlainText text={reason} />
							</p>
						)}
					</li>
				))}
			</ul>
			{candidates.length > shownMax ? (
				<p className="mt-2 text-ink-muted text-xs">
					and {countOf(candidates.length - shownMax, "older one")}
				</p>
			) : null}
		</Panel>
	);
}
