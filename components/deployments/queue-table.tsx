"use client";

import { type RowSelectionState, useTable } from "@tanstack/react-table";
import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { QueueRow } from "@/lib/contract/queue";
import { columnClasses, type queueColumns, queueTableFeatures } from "./queue-columns";

const headerClass = "px-2 py-2 text-left font-normal text-ink-muted text-xs first:pl-0 last:pr-0";
const cellClass = "truncate lg:px-2 lg:first:pl-0 lg:last:pr-0";
/** What `h-10` and `h-16` below are. */
const rowHeightPx = { wide: 40, narrow: 64 };
/** Rows that are drawn on the server, where no window has a height. */
const initialRect = { width: 1440, height: 1_000 };
/** Rows before the end at which the next ones are asked for: a fast wheel covers a screen in a moment. */
const nearEndRows = 10;

interface QueueTableProps {
	rows: QueueRow[];
	columns: ReturnType<typeof queueColumns>;
	/** How many there are in all; null where that is not known exactly. */
	total: number | null;
	/** The states of this view: a row in another one has left it. */
	statuses: readonly string[];
	selection: RowSelectionState;
	/** False for a row that a selection is of no use for. */
	canSelect: (row: QueueRow) => boolean;
	onSelectionChange: (change: RowSelectionState | ((now: RowSelectionState) => RowSelectionState)) => void;
	/** The row that has, or had last, the focus. */
	activeId: string | null;
	onActiveChange: (id: string) => void;
	/** The row that gets the focus once the table is there; null for none. */
	arriveAt: string | null;
	/** Moves the focus to a row by its place; set while the table is there. */
	focusRow: RefObject<((index: number) => void) | null>;
	onNearEnd: () => void;
}

/**
 * The rows, of which only those near the screen are in the document. It stays a table to a screen reader: the
 * room of the others is kept by two empty rows, and each row says which one of how many it is.
 */
export function QueueTable(props: QueueTableProps) {
	const { rows, columns, total, statuses, activeId, onActiveChange, focusRow, onNearEnd } = props;
	const isWide = useMediaQuery("(min-width: 64rem)", true);
	const rowHeight = isWide ? rowHeightPx.wide : rowHeightPx.narrow;
	const table = useTable({
		features: queueTableFeatures,
		columns,
		data: rows,
		getRowId: (row) => row.id,
		state: { rowSelection: props.selection },
		enableRowSelection: ({ original }) => props.canSelect(original),
		onRowSelectionChange: props.onSelectionChange,
	});
	const tableRows = table.getRowModel().rows;
	const body = useRef<HTMLTableSectionElement>(null);
	const [scrollMargin, setScrollMargin] = useState(0);
	const activeIndex = activeId === null ? -1 : rows.findIndex(({ id }) => id === activeId);
	const virtualizer = useWindowVirtualizer({
		count: tableRows.length,
		estimateSize: () => rowHeight,
		overscan: 10,
		initialRect,
		// What the server has drawn, whatever the browser has scrolled to before the page has come to life.
		initialOffset: 0,
		scrollMargin,
		scrollPaddingStart: 8,
		scrollPaddingEnd: 64,
		getItemKey: (index) => rows[index]?.id ?? index,
		// The row that has the focus stays, or the focus would go with it.
		rangeExtractor: (range) => {
			const shown = defaultRangeExtractor(range);
			if (activeIndex === -1 || shown.includes(activeIndex)) return shown;
			return [...shown, activeIndex].sort((one, other) => one - other);
		},
	});
	const items = virtualizer.getVirtualItems();
	const last = items.findLast(({ index }) => index !== activeIndex)?.index ?? 0;

	useLayoutEffect(() => {
		const top = (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
		// A banner may have come or gone above; the difference of a pixel is not worth another drawing.
		setScrollMargin((known) => (Math.abs(known - top) < 2 ? known : top));
	});
	const measuredHeight = useRef(rowHeight);
	useLayoutEffect(() => {
		if (measuredHeight.current === rowHeight) return;
		measuredHeight.current = rowHeight;
		virtualizer.measure();
	}, [virtualizer, rowHeight]);
	useEffect(() => openFromCells(body.current), []);
	useEffect(() => {
		// Whoever scrolled before the page came to life does not scroll again for it.
		window.dispatchEvent(new Event("scroll"));
	}, []);
	useEffect(() => {
		if (last >= rows.length - nearEndRows) onNearEnd();
	}, [last, rows.length, onNearEnd]);

	const wanted = useRef<string | null>(null);
	const { arriveAt } = props;
	useEffect(() => {
		wanted.current = arriveAt;
	}, [arriveAt]);
	useEffect(() => {
		focusRow.current = (index) => {
			const row = rows[index];
			if (row === undefined) return;
			wanted.current = row.id;
			onActiveChange(row.id);
			virtualizer.scrollToIndex(index, { align: "auto" });
			linkOf(body.current, row.id)?.focus({ preventScroll: true });
		};
		return () => {
			focusRow.current = null;
		};
	}, [rows, virtualizer, focusRow, onActiveChange]);
	useEffect(() => {
		// The row may have come into the document only now.
		if (wanted.current === null || wanted.current !== activeId) return;
		const link = linkOf(body.current, wanted.current);
		if (link === null) return;
		wanted.current = null;
		link.focus({ preventScroll: true });
	});

	let end = scrollMargin;
	return (
		<table
			className="group/queue block w-full lg:table lg:table-fixed"
			data-decided={columns.some(({ id }) => id === "decided") || undefined}
			aria-rowcount={total === null ? -1 : total + 1}
		>
			<caption className="sr-only">Deployments</caption>
			<thead className="sr-only lg:not-sr-only lg:table-header-group">
				{table.getHeaderGroups().map((group) => (
					<tr key={group.id} aria-rowindex={1}>
						{group.headers.map((header) => (
							<th key={header.id} scope="col" className={clsx(headerClass, columnClasses[header.column.id])}>
								<table.FlexRender header={header} />
							</th>
						))}
					</tr>
				))}
			</thead>
			<tbody ref={body} className="block lg:table-row-group">
				{/* One flat list: rows in lists of their own would be made anew whenever the first one changes. */}
				{items.flatMap((item) => {
					const row = tableRows[item.index];
					if (row === undefined) return [];
					const gap = item.start - end;
					end = item.end;
					const hasLeft = !statuses.includes(row.original.status);
					return [
						gap > 0 ? <Gap key={`before ${row.id}`} height={gap} /> : null,
						<tr
							key={row.id}
							data-row-id={row.id}
							aria-rowindex={item.index + 2}
							aria-selected={row.getIsSelected() || undefined}
							onFocus={() => {
								if (activeId !== row.id) onActiveChange(row.id);
							}}
							className={clsx(
								"relative grid h-16 grid-cols-[auto_auto_auto_auto_1fr] content-center gap-x-3 border-line border-t",
								"lg:table-row lg:h-10",
								row.getIsSelected() ? "bg-accent-soft" : "hover:bg-surface has-[a:focus-visible]:bg-surface",
								hasLeft && "text-ink-muted",
							)}
						>
							{row.getAllCells().map((cell) => (
								<td key={cell.id} className={clsx(cellClass, columnClasses[cell.column.id])}>
									<table.FlexRender cell={cell} />
								</td>
							))}
						</tr>,
					];
				})}
				<Gap height={virtualizer.getTotalSize() + scrollMargin - end} />
			</tbody>
		</table>
	);
}

/**
 * The link of a row lies over all of it; a cell that says more on hover lies over the link, and opens the row
 * like it. With the keyboard there is the link itself.
 */
function openFromCells(body: HTMLElement | null): (() => void) | undefined {
	if (body === null) return undefined;
	const open = (event: MouseEvent) => {
		const { target, ctrlKey, metaKey, shiftKey } = event;
		if (!(target instanceof Element) || target.closest("a, input, button") !== null) return;
		const link = target.closest("tr")?.querySelector("a");
		link?.dispatchEvent(
			new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
		);
	};
	body.addEventListener("click", open);
	return () => body.removeEventListener("click", open);
}

/** The room of rows that are not in the document. Its cell spans nothing: it would count columns that are hidden. */
function Gap({ height }: { height: number }) {
	if (height <= 0) return null;
	return (
		<tr aria-hidden className="block lg:table-row">
			<td className="block p-0 lg:table-cell" style={{ height }} />
		</tr>
	);
}

function linkOf(body: HTMLElement | null, id: string): HTMLAnchorElement | null {
	return body?.querySelector<HTMLAnchorElement>(`tr[data-row-id="${CSS.escape(id)}"] a`) ?? null;
}
