"use client";

import { useEffect, useState } from "react";
import type { DiffView } from "@/lib/diff-view";
import type { PreparedReview, ShownComparison } from "@/lib/review/prepared-review";
import type { LineMarks } from "@/lib/rules/prompt-checks/locate";
import { PromptDiff } from "./diff/prompt-diff";
import type { PromptSource } from "./diff/prompt-source";

interface PromptPictureProps {
	id: string;
	review: PreparedReview;
	shown: ShownComparison;
	diffView: DiffView;
}

const noMarks: LineMarks = {};

/** The comparison that was proposed; of a stale proposal, on demand, one of the two with what is live now. */
export function PromptPicture({ id, review, shown, diffView }: PromptPictureProps) {
	const marks = useMarks(review);
	const proposed: PromptSource = { deploymentId: id, side: "proposed", label: "Proposed" };
	if (shown.kind === "proposed") {
		return (
			<PromptDiff
				key={review.contentKey}
				left={{ deploymentId: id, side: "current", label: "Current" }}
				right={proposed}
				diff={review.diff}
				rest={review.rest}
				marks={marks}
				initialView={diffView}
			/>
		);
	}
	const { threeWay } = shown;
	const live: PromptSource = { deploymentId: threeWay.liveDeploymentId, side: "proposed", label: "Live now" };
	const isReal = shown.kind === "live-to-proposed";
	return (
		<PromptDiff
			key={`${shown.kind} ${review.contentKey}`}
			left={isReal ? live : { deploymentId: id, side: "current", label: "Proposed from" }}
			right={isReal ? proposed : live}
			diff={isReal ? threeWay.whatChanges : threeWay.sinceProposed}
			rest={null}
			marks={noMarks}
			initialView={diffView}
		/>
	);
}

/** The marks of the checks; of long prompts they come after the first paint. */
function useMarks({ read, later }: PreparedReview): LineMarks {
	const [marks, setMarks] = useState(noMarks);
	useEffect(() => {
		let isWanted = true;
		void later.then((context) => {
			if (isWanted && context.read !== null) setMarks(context.read.marks);
		});
		return () => {
			isWanted = false;
		};
	}, [later]);
	return read?.marks ?? marks;
}
