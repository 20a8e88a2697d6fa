"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Actor } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import { Notice } from "@/components/ui/notice";
import { rollBackPreviewQuery } from "@/lib/client/queries/roll-back";
import { shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import type { RollBackPreview as Preview } from "@/lib/rules/roll-back/preview";
import { CompactDiff } from "./compact-diff";

/** What rolling a deployment back restores, and what speaks against it; read when the dialog opens. */
export function RollBackPreview({ id }: { id: string }) {
	const query = useQuery(rollBackPreviewQuery(id));
	if (query.data === undefined) {
		return query.isError ? (
			<Notice tone="warn" role="alert" className="mt-3">
				<p>{query.error.message} The record itself has both prompts.</p>
				<Button className="mt-2" onClick={() => void query.refetch()}>
					Read it again
				</Button>
			</Notice>
		) : (
			<p className="mt-3" role="status">
				Reading what comes back
			</p>
		);
	}
	const { changes, replaced, warnings } = query.data;
	return (
		<div className="mt-3 space-y-2">
			{warnings.length > 0 ? (
				<Notice tone="warn">
					<ul className="space-y-1">
						{warnings.map((warning) => (
							<li key={warning}>{warning}</li>
						))}
					</ul>
				</Notice>
			) : null}
			<p>
				From what is live to what comes back, <Replaced replaced={replaced} />:
			</p>
			<CompactDiff changes={changes} label="From what is live to what comes back" />
		</div>
	);
}

/** Where the prompt that a deployment replaced had come from, as part of a sentence. */
export function Replaced({ replaced }: { replaced: Preview["replaced"] }) {
	if (replaced === null) return <>a prompt that no deployment here is known to have put live</>;
	return (
		<>
			the prompt of{" "}
			<Link href={routes.deployment(replaced.id)} prefetch={false} className="underline">
				deployment {shortenId(replaced.id)}
			</Link>
			{replaced.shippedAt === null ? null : (
				<>
					, shipped <Age at={replaced.shippedAt} suffix=" ago" />
				</>
			)}
			{replaced.approvedBy === null ? null : (
				<>
					{" "}
					by <Actor id={replaced.approvedBy} />
				</>
			)}
		</>
	);
}
