"use client";

import type { RefObject } from "react";
import { useSingleKeys } from "@/components/ui/use-single-keys";
import type { QueueRow } from "@/lib/contract/queue";
import type { QueuePosition } from "./use-queue-position";

interface QueueKeysParams {
	rows: readonly QueueRow[];
	position: QueuePosition;
	focusRow: RefObject<((index: number) => void) | null>;
	searchBox: RefObject<HTMLInputElement | null>;
	/** False for a row that a selection is of no use for. */
	canSelect: (row: QueueRow) => boolean;
}

/** j and k move from row to row, x selects, / searches, Escape gives a selection up. Enter opens the link. */
export function useQueueKeys({ rows, position, focusRow, searchBox, canSelect }: QueueKeysParams): void {
	const { activeId, setSelection } = position;
	const active = activeId === null ? -1 : rows.findIndex(({ id }) => id === activeId);
	const move = (step: number) => {
		if (rows.length === 0) return;
		focusRow.current?.(active === -1 ? 0 : Math.min(Math.max(active + step, 0), rows.length - 1));
	};
	const giveUp = () => setSelection({});
	useSingleKeys({
		j: () => move(1),
		k: () => move(-1),
		x: () => {
			const row = rows[active];
			if (row === undefined) return;
			setSelection(({ [row.id]: isSelected, ...others }) =>
				isSelected || !canSelect(row) ? others : { ...others, [row.id]: true },
			);
		},
		"/": () => {
			searchBox.current?.focus();
			searchBox.current?.select();
		},
		Escape: giveUp,
	});
}
