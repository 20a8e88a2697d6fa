/** Where somebody was in the queue, kept in this tab: the way back from a review page leads there. */
export interface KeptPlace {
	/** The view that it belongs to, as its search string. */
	search: string;
	scrollTop: number;
	activeId: string | null;
	selectedIds: string[];
}

const key = "countersign:queue-place";
const selectedMax = 1_000;

/** The place that was kept for this view; null where there is none. */
export function readKeptPlace(search: string): KeptPlace | null {
	try {
		const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Partial<KeptPlace> | null;
		if (kept === null || kept.search !== search) return null;
		const { scrollTop, activeId, selectedIds } = kept;
		return {
			search,
			scrollTop: typeof scrollTop === "number" && Number.isFinite(scrollTop) ? scrollTop : 0,
			activeId: typeof activeId === "string" ? activeId : null,
			selectedIds: Array.isArray(selectedIds)
				? selectedIds.filter((id) => typeof id === "string").slice(0, selectedMax)
				: [],
		};
	} catch {
		return null;
	}
}

/** Storage may be full or forbidden; what is kept there is a comfort. */
export function keepPlace(place: KeptPlace): void {
	try {
		sessionStorage.setItem(
			key,
			JSON.stringify({ ...place, selectedIds: place.selectedIds.slice(0, selectedMax) }),
		);
	} catch {
		// See above.
	}
}
