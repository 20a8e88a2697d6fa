import {
	type ColumnDef,
	createColumnHelper,
	rowSelectionFeature,
	tableFeatures,
} from "@tanstack/react-table";
import type { QueueRow } from "@/lib/contract/queue";
import { ProjectName } from "./project-names";
import { ChangeCell, DecidedCell, FindingsCell, SinceCell } from "./queue-cells";
import { RowLink } from "./row-link";
import { StatusMark } from "./status-mark";
import { VerdictCell } from "./verdict-cell";

export const queueTableFeatures = tableFeatures({ rowSelectionFeature });

const column = createColumnHelper<typeof queueTableFeatures, QueueRow>();

/** The columns in the order in which they are read: the state comes first, how long it waits comes last. */
const columns: ColumnDef<typeof queueTableFeatures, QueueRow>[] = column.columns([
	column.display({
		id: "select",
		header: () => <span className="sr-only">Selected</span>,
		// One that was closed while it was selected keeps its box, or it could not be let go of.
		cell: ({ row }) =>
			row.getCanSelect() || row.getIsSelected() ? (
				<input
					type="checkbox"
					className="relative z-10 size-4 align-middle accent-accent max-lg:size-6"
					aria-label={`Select ${row.original.rationale ?? row.original.id}`}
					checked={row.getIsSelected()}
					onChange={row.getCanSelect() ? row.getToggleSelectedHandler() : () => row.toggleSelected(false)}
				/>
			) : null,
	}),
	column.display({
		id: "status",
		header: "Status",
		cell: ({ row }) => <StatusMark status={row.original.status} />,
	}),
	column.display({
		id: "project",
		header: "Project",
		cell: ({ row }) => <ProjectName id={row.original.project_id} />,
	}),
	column.display({
		id: "rationale",
		header: "Rationale",
		cell: ({ row }) => <RowLink row={row.original} />,
	}),
	column.display({ id: "change", header: "Change", cell: ({ row }) => <ChangeCell row={row.original} /> }),
	column.display({ id: "verdict", header: "A/B", cell: ({ row }) => <VerdictCell row={row.original} /> }),
	column.display({
		id: "findings",
		header: "Findings",
		cell: ({ row }) => <FindingsCell row={row.original} />,
	}),
	column.display({ id: "decided", header: "Decided", cell: ({ row }) => <DecidedCell row={row.original} /> }),
	column.display({ id: "since", header: "Since", cell: ({ row }) => <SinceCell row={row.original} /> }),
]);

type Optional = "select" | "change" | "findings" | "decided";

/** Without what this person, this view or this API has no use for. The same array for the same choice. */
export function queueColumns(without: readonly Optional[]) {
	const key = without.join();
	const known = chosen.get(key);
	if (known !== undefined) return known;
	const names: readonly string[] = without;
	const some = columns.filter(({ id }) => id === undefined || !names.includes(id));
	chosen.set(key, some);
	return some;
}
const chosen = new Map<string, typeof columns>();

/**
 * How wide a column is on a wide screen, and where it stands in the two lines of a narrow one. Beside who decided
 * (`data-decided` of the table) there is room for the words of the change only on the widest: the rationale comes first.
 */
export const columnClasses: Readonly<Record<string, string>> = {
	select: "lg:w-9 max-lg:empty:hidden",
	status: "lg:w-32",
	project: "lg:w-32 xl:w-40 text-ink-muted max-lg:hidden",
	rationale: "min-w-0 max-lg:col-span-full max-lg:row-start-2",
	change: "lg:w-28 max-lg:hidden group-data-decided/queue:max-[85rem]:hidden",
	verdict: "lg:w-38 xl:w-76 min-w-0",
	findings: "lg:w-22",
	decided: "lg:w-36 xl:w-52 text-ink-muted max-lg:hidden",
	since: "lg:w-16 text-right text-ink-muted max-lg:col-end-[-1] max-lg:row-start-1",
};
