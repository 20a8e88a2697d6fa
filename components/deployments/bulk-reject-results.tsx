"use client";

import { SignInAgain } from "@/components/layout/sign-in-again";
import { Actor } from "@/components/layout/viewer";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import type { ActionFailure } from "@/lib/actions/result";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { countOf } from "@/lib/format";
import { statusLabel, transitions } from "@/lib/rules/lifecycle";
import type { RowOutcome } from "./bulk-reject-run";
import { RowLines } from "./row-lines";

interface BulkRejectResultsProps {
	rows: readonly DeploymentSummary[];
	outcomes: ReadonlyMap<string, RowOutcome>;
}

/** Which rows were rejected, which were not and why; what asks for attention comes first. */
export function BulkRejectResults({ rows, outcomes }: BulkRejectResultsProps) {
	const those = (kind: RowOutcome["kind"] | undefined) =>
		rows.filter(({ id }) => outcomes.get(id)?.kind === kind);
	const [refused, unknown, untried, rejected] = [
		those("refused"),
		those("unknown"),
		those(undefined),
		those("rejected"),
	];
	const asRejected = rejected.map((row) => {
		const outcome = outcomes.get(row.id);
		const answered = outcome?.kind === "rejected" ? outcome.deployment : null;
		return answered ?? { ...row, status: transitions.reject.to };
	});
	const whyNot = ({ id }: DeploymentSummary) => {
		const outcome = outcomes.get(id);
		return outcome === undefined || outcome.kind === "rejected" ? null : <WhyNot failure={outcome.failure} />;
	};
	return (
		<>
			<p role="status" className="mt-4 font-medium">
				{countOf(rejected.length, "deployment")} rejected
				{refused.length > 0 ? `, ${refused.length} not rejected` : ""}
				{unknown.length > 0 ? `, ${unknown.length} not confirmed` : ""}
				{untried.length > 0 ? `, ${untried.length} not tried` : ""}.
			</p>
			<RowLines title="Not rejected" rows={refused} about={whyNot} />
			<RowLines title="Not confirmed" rows={unknown} about={whyNot} />
			<RowLines title="Not tried" rows={untried} />
			<RowLines title="Rejected" rows={asRejected} />
		</>
	);
}

/** What somebody has done who was first, by the state that it led to. */
const deeds: Readonly<Record<string, string>> = {
	shipped: "approved",
	rejected: "rejected",
	rolled_back: "rolled back",
};

function WhyNot({ failure }: { failure: ActionFailure }) {
	const { current, message } = failure;
	if (current === undefined) {
		return (
			<>
				{message} <SignInAgain failure={failure} />
			</>
		);
	}
	const deed = Object.hasOwn(deeds, current.status) ? deeds[current.status] : undefined;
	const when = current.at ? (
		<>
			{" "}
			<Age at={current.at} suffix=" ago" />
		</>
	) : null;
	return (
		<>
			{current.by && deed ? (
				<>
					<Actor id={current.by} /> {deed} it{when}.
				</>
			) : (
				<>
					It is “{statusLabel(current.status)}” by now
					{current.by ? (
						<>
							, by <Actor id={current.by} />
						</>
					) : null}
					.
				</>
			)}
			{current.reason ? (
				<>
					{" "}
					<PlainText text={current.reason} isOneLine />
				</>
			) : null}
		</>
	);
}
