"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { Actor, useViewer } from "@/components/layout/viewer";
import { Replaced } from "@/components/review/roll-back-preview";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import { rollBackPreviewQuery } from "@/lib/client/queries/roll-back";
import type { QueueRow } from "@/lib/contract/queue";
import { formatSigned } from "@/lib/format";
import { routes } from "@/lib/routes";
import { deskRefusal } from "@/lib/rules/authority";
import { MetricChart } from "./metric-chart";
import { useMetricPoints } from "./use-metric-points";

interface FireProps {
	fire: QueueRow;
	projectName: string;
	/** When the row was read, in milliseconds. */
	looked: number;
	/** True for the one of several that the keys act on. */
	isChosen: boolean;
	/** False where what it replaced is not to be read yet. */
	isLookedInto: boolean;
	onRollBack: () => void;
	onExecute: () => void;
}

/** A regressed deployment: what it is, how bad and since when, who shipped it, what it replaced. */
export function Fire(props: FireProps) {
	const { fire, projectName, looked, isChosen, isLookedInto, onRollBack, onExecute } = props;
	const { id, rationale, regression_metric: metric, shipped_at: shippedAt, approved_by: approvedBy } = fire;
	const why = deskRefusal(useViewer());
	const { points, seenSince } = useMetricPoints(id, { value: metric ?? null, looked });
	const { data: preview } = useQuery({ ...rollBackPreviewQuery(id), enabled: isLookedInto });
	return (
		<li
			data-fire={id}
			aria-current={isChosen || undefined}
			className={clsx(
				"grid gap-x-6 gap-y-3 border-line border-t py-3 lg:grid-cols-[minmax(0,1fr)_280px_auto]",
				isChosen && "bg-surface shadow-[inset_2px_0_0_var(--accent)] lg:pl-3",
			)}
		>
			<div className="min-w-0">
				<p>
					<span className="font-medium">
						<PlainText text={projectName} isOneLine />
					</span>{" "}
					<span className="font-medium text-bad">
						▼ {typeof metric === "number" ? formatSigned(metric) : "not measured"}
					</span>{" "}
					<span className="text-ink-muted">against its reference, </span>
					{fire.status_since ? (
						<span className="text-ink-muted">
							regressed <Age at={fire.status_since} suffix=" ago" />
						</span>
					) : (
						<span className="text-ink-muted">
							regressed; last change <Age at={fire.updated_at} suffix=" ago" />
						</span>
					)}
				</p>
				<h3 className="mt-1 max-w-[80ch] text-base">
					<Link href={routes.deployment(id)} prefetch={false} className="underline-offset-2 hover:underline">
						{rationale ? <PlainText text={rationale} /> : "No rationale given"}
					</Link>
				</h3>
				<p className="mt-1 text-ink-muted">
					{shippedAt ? (
						<>
							Shipped <Age at={shippedAt} suffix=" ago" />
						</>
					) : (
						"When it shipped is not recorded"
					)}
					{approvedBy ? (
						<>
							{" "}
							by <Actor id={approvedBy} />
						</>
					) : null}
					.
				</p>
				<p className="mt-1 text-ink-muted">
					{preview === undefined ? (
						"What it replaced is told with Roll back."
					) : (
						<>
							It replaced <Replaced replaced={preview.replaced} />.
						</>
					)}
				</p>
			</div>
			<MetricChart points={points} seenSince={seenSince} />
			<div>
				<div className="flex gap-2 lg:flex-col">
					<Button variant="danger" disabled={why !== null} aria-keyshortcuts="b" onClick={onRollBack}>
						<span>
							Roll back<span className="sr-only"> {projectName}</span>
						</span>
					</Button>
					<Button disabled={why !== null} aria-keyshortcuts="e" onClick={onExecute}>
						<span>
							Execute action<span className="sr-only"> for {projectName}</span>
						</span>
					</Button>
				</div>
				{why === null ? null : <p className="mt-1 max-w-[32ch] text-ink-muted text-xs">{why}</p>}
			</div>
		</li>
	);
}
