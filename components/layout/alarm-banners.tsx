"use client";

import { useQuery } from "@tanstack/react-query";
import { OctagonX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { KillSwitchRecord } from "@/components/control/kill-switch-record";
import { Age } from "@/components/ui/clock";
import { browserApi } from "@/lib/client/browser-client";
import { killSwitchQuery } from "@/lib/client/queries/control";
import { regressedDeploymentsQuery } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { formatSigned } from "@/lib/format";
import { routes } from "@/lib/routes";

const barClass = "flex items-start gap-2 border-b px-3 py-2 sm:px-5";

/** The two things that nobody may miss, on whichever page they are: the kill switch, and a regression. */
export function AlarmBanners() {
	return (
		<div aria-live="polite">
			<KillSwitchBanner />
			<RegressionBanner />
		</div>
	);
}

function KillSwitchBanner() {
	const isThere = usePathname() === routes.actions;
	const { data } = useQuery(killSwitchQuery(browserApi));
	if (!data?.active) return null;
	return (
		<div className={`${barClass} border-bad bg-bad-soft text-bad`}>
			<OctagonX aria-hidden className="mt-0.5 size-4 shrink-0" />
			<div className="min-w-0">
				<p>
					<strong className="font-medium">The kill switch is on.</strong> No control action is executed until
					an owner turns it off.{" "}
					{isThere ? null : (
						<Link href={routes.actions} className="underline">
							Look
						</Link>
					)}
				</p>
				<KillSwitchRecord killSwitch={data} />
			</div>
		</div>
	);
}

function RegressionBanner() {
	const { data } = useQuery(regressedDeploymentsQuery(browserApi));
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const isThere = usePathname() === routes.triage;
	const worst = data?.items[0];
	if (!data || !worst) return null;
	const project = projects?.find(({ id }) => id === worst.project_id)?.name ?? "A project";
	return (
		<div className={`${barClass} border-warn-line bg-warn-soft text-warn`}>
			<TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
			<p>
				<strong className="font-medium">{project} regressed</strong>{" "}
				<Age at={worst.updated_at} suffix=" ago" />
				{typeof worst.regression_metric === "number"
					? `: ${formatSigned(worst.regression_metric)} on the rolling metric`
					: ""}
				.{" "}
				{isThere ? null : (
					<Link href={routes.triage} className="underline">
						{data.total > 1 ? `Look at all ${data.total}` : "Look"}
					</Link>
				)}
			</p>
		</div>
	);
}
