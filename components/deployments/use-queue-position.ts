"use client";

import type { RowSelectionState } from "@tanstack/react-table";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { lastQueue } from "@/lib/client/kept-text";
import { keepPlace, readKeptPlace } from "./kept-place";

/** Which rows are selected, which has the focus, and where the page is scrolled. */
export interface QueuePosition {
	selection: RowSelectionState;
	setSelection: (change: RowSelectionState | ((now: RowSelectionState) => RowSelectionState)) => void;
	activeId: string | null;
	setActiveId: (id: string) => void;
	/** The row that gets the focus back, where somebody has come back. */
	arriveAt: string | null;
}

/** Each view of the queue has a position of its own; who comes back to it in this tab finds it as it was left. */
export function useQueuePosition(search: string): QueuePosition {
	const [selection, setSelection] = useState<RowSelectionState>({});
	const [activeId, setActiveId] = useState<string | null>(null);
	const [arriveAt, setArriveAt] = useState<string | null>(null);
	const [ofSearch, setOfSearch] = useState(search);
	if (ofSearch !== search) {
		setOfSearch(search);
		setSelection({});
		setActiveId(null);
	}
	const now = useRef({ search, selection, activeId });
	useEffect(() => {
		now.current = { search, selection, activeId };
		lastQueue.write(search);
	}, [search, selection, activeId]);

	// Once, on arrival: what is narrowed afterwards begins at its top.
	const arrivedAt = useRef(search);
	useLayoutEffect(() => {
		const kept = readKeptPlace(arrivedAt.current);
		let scrollTop = window.scrollY;
		if (kept !== null) {
			scrollTop = kept.scrollTop;
			window.scrollTo({ top: scrollTop });
			const restored = Object.fromEntries(kept.selectedIds.map((id) => [id, true as const]));
			now.current = { search: kept.search, selection: restored, activeId: kept.activeId };
			setSelection(restored);
			setActiveId(kept.activeId);
			setArriveAt(kept.activeId);
		}
		const onScroll = () => {
			scrollTop = window.scrollY;
		};
		const keep = () => {
			const { selection: chosen, ...rest } = now.current;
			keepPlace({ ...rest, scrollTop, selectedIds: Object.keys(chosen).filter((id) => chosen[id]) });
		};
		window.addEventListener("scroll", onScroll, { passive: true });
		window.addEventListener("pagehide", keep);
		return () => {
			window.removeEventListener("scroll", onScroll);
			window.removeEventListener("pagehide", keep);
			keep();
		};
	}, []);
	return { selection, setSelection, activeId, setActiveId, arriveAt };
}
