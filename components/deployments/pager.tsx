"use client";

import { Button } from "@/components/ui/button";
import { countOf, formatNumber } from "@/lib/format";

interface PagerProps {
	page: number;
	pageSize: number;
	/** Rows on this page. */
	shown: number;
	total: number;
	onChange: (page: number) => void;
}

/** Where in the list this page stands, and the ways on. */
export function Pager({ page, pageSize, shown, total, onChange }: PagerProps) {
	if (total === 0) return null;
	const first = (page - 1) * pageSize + 1;
	const isLast = page * pageSize >= total;
	return (
		<div className="flex items-center gap-2 border-line border-t py-3 text-ink-muted">
			<p role="status">
				{shown === 0
					? countOf(total, "deployment")
					: `${formatNumber(first)}–${formatNumber(first + shown - 1)} of ${countOf(total, "deployment")}`}
			</p>
			{total > pageSize || page > 1 ? (
				<nav aria-label="Pages" className="ml-auto flex gap-2">
					<Button disabled={page === 1} onClick={() => onChange(page - 1)}>
						Newer
					</Button>
					<Button disabled={isLast} onClick={() => onChange(page + 1)}>
						Older
					</Button>
				</nav>
			) : null}
		</div>
	);
}
