import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface DisclosureRowProps {
	/** The cells that are always seen; `columns` are the classes of their grid. */
	summary: ReactNode;
	columns: string;
	/** What opens below them. */
	children: ReactNode;
}

/** A row of a list that opens in place; a list item, so it stands in a `<ul>`. */
export function DisclosureRow({ summary, columns, children }: DisclosureRowProps) {
	return (
		<li className="border-line border-t">
			<details className="group">
				<summary className={clsx("relative grid items-baseline gap-x-4 py-2 pl-5 hover:bg-surface", columns)}>
					<ChevronRight
						aria-hidden
						className="absolute top-2.5 left-0 size-4 text-ink-muted group-open:rotate-90"
					/>
					{summary}
				</summary>
				<div className="pb-4 pl-5">{children}</div>
			</details>
		</li>
	);
}
