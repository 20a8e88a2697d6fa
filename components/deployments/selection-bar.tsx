"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWhenWanted } from "@/components/ui/use-when-wanted";
import type { QueueRow } from "@/lib/contract/queue";
import { formatNumber } from "@/lib/format";

interface SelectionBarProps {
	rows: QueueRow[];
	onClear: () => void;
	/** A decision on this one has ended, however it did. */
	onSettled: (id: string) => void;
	/** What stays selected: what was not rejected. */
	onRemaining: (ids: readonly string[]) => void;
}

const load = async () => (await import("./bulk-reject-dialog")).BulkRejectDialog;

/**
 * What can be done with several at once. They can be rejected for one reason, each by a decision of its own;
 * to ship several at once is not offered, because each signature is its own.
 */
export function SelectionBar({ rows, onClear, onSettled, onRemaining }: SelectionBarProps) {
	const [isOpen, setIsOpen] = useState(false);
	const close = () => setIsOpen(false);
	const BulkRejectDialog = useWhenWanted(isOpen, load, { onGiveUp: close });
	const isNear = rows.length > 0;
	useEffect(() => {
		if (isNear) void load().catch(() => undefined);
	}, [isNear]);
	if (rows.length === 0 && !isOpen) return null;
	return (
		<>
			<section
				aria-label="Selection"
				className="fixed inset-x-0 bottom-0 z-20 flex items-center gap-2 border-line border-t bg-page px-3 py-2 sm:px-5"
			>
				<p role="status" className="mr-auto">
					{formatNumber(rows.length)} selected
				</p>
				<Button onClick={onClear}>Clear</Button>
				<Button variant="danger" onClick={() => setIsOpen(true)}>
					Reject…
				</Button>
			</section>
			{BulkRejectDialog === null ? null : (
				<BulkRejectDialog
					rows={rows}
					isOpen={isOpen}
					onOpenChange={setIsOpen}
					onSettled={onSettled}
					onDone={onRemaining}
				/>
			)}
		</>
	);
}
