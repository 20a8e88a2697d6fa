"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef, useState } from "react";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { useExtension, useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageMessage } from "@/components/ui/page-message";
import { browserApi } from "@/lib/client/browser-client";
import { projectsQuery } from "@/lib/client/queries/projects";
import { notPossible, type QueueSlice, type QueueSource, queueCountsQuery } from "@/lib/client/queries/queue";
import { statusesOfView } from "@/lib/contract/queue-terms";
import { countOf, formatNumber } from "@/lib/format";
import { routes } from "@/lib/routes";
import { judgeDecision } from "@/lib/rules/lifecycle";
import { countStatuses, countViews, viewOf } from "@/lib/rules/queue/views";
import { ExportCsv } from "./export-csv";
import { ProjectNames } from "./project-names";
import { queueColumns } from "./queue-columns";
import { QueueFilters } from "./queue-filters";
import { QueueSkeletonRows } from "./queue-skeleton";
import { QueueTable } from "./queue-table";
import { QueueTimes } from "./queue-times";
import { countInWords, QueueViews } from "./queue-views";
import { SavedViews } from "./saved-views";
import { type QueueFilters as Filters, queueQuestionOf, queueSearchParams } from "./search-params";
import { SelectionBar } from "./selection-bar";
import { useQueueKeys } from "./use-queue-keys";
import { useQueueList } from "./use-queue-list";
import { useQueuePosition } from "./use-queue-position";

interface QueueScreenProps {
	/** When the server drew the page, in milliseconds: what ages are counted from. */
	drawnAt: number;
	/** The first rows of the view that the link asked for; null where they could not be read. */
	first: QueueSlice | null;
	/** What the link asked for and this page does not know. */
	unknown: readonly string[];
}

/** The queue: what waits for me? What narrows it lives in the URL; the rows refresh in place. */
export function QueueScreen({ drawnAt, first, unknown }: QueueScreenProps) {
	const viewer = useViewer();
	const { role } = viewer;
	const source: QueueSource = useExtension("queue") ? "queue" : "list";
	const [filters, setFilters] = useQueryStates(queueSearchParams, { history: "push" });
	const { view, status, project, verdict, age, q, sort } = filters;
	const question = useMemo(
		() => queueQuestionOf({ view, status, project, verdict, age, q, sort }, role, drawnAt),
		[view, status, project, verdict, age, q, sort, role, drawnAt],
	);
	// The rows that came with the page answer the question that it was asked with, and no other.
	const [firstQuestion] = useState(question);
	const { list, head, rows, arrived, readAgain, showArrived } = useQueueList(
		source,
		question,
		question === firstQuestion ? first : null,
	);
	const { data: projects = noProjects } = useQuery(projectsQuery(browserApi));
	const counts = useQuery(queueCountsQuery(browserApi, source, question));
	const isCounted = counts.data !== undefined && !counts.isPlaceholderData;
	const count = isCounted ? countStatuses(counts.data, question.statuses) : null;
	const opened = viewOf(filters, role);
	const search = routes.deployments(filters).slice(routes.deployments().length);
	const position = useQueuePosition(search);
	const searchBox = useRef<HTMLInputElement>(null);
	const focusRow = useRef<((index: number) => void) | null>(null);

	const change = useCallback(
		(some: Partial<Filters>) => {
			window.scrollTo({ top: 0 });
			void setFilters(some);
		},
		[setFilters],
	);
	const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
	const readMore = useCallback(() => {
		if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
	}, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
	// What is selected can be rejected, and no more.
	const canSelect = ({ status: state }: { status: string }) => judgeDecision("reject", state, viewer).allowed;
	const canSelectAny = question.statuses.some((state) => canSelect({ status: state }));
	const selected = rows.filter(({ id }) => position.selection[id]);
	useQueueKeys({ rows, position, focusRow, searchBox, canSelect });

	const cannot = notPossible(source, question);
	const isNarrowed = search !== "" && !/^\?view=[a-z-]+$/.test(search);
	const hasNoDigest = source === "list";
	const isDeciding = opened.view === "needs-decision" || opened.view === "running";
	return (
		<div className="px-3 pb-24 sm:px-5">
			<h1 className="sr-only">Deployments</h1>
			<div className="flex flex-col gap-2 border-line border-b pt-1 pb-2">
				<div className="flex flex-wrap items-center justify-between gap-x-4">
					<QueueViews
						current={opened.view}
						counts={isCounted ? countViews(counts.data) : null}
						hrefOf={(to) => routes.deployments({ ...filters, view: to, status: null })}
						onChoose={(to) => change({ view: to, status: null })}
					/>
					<div className="flex items-center gap-2">
						<SavedViews userId={viewer.userId} currentSearch={search} />
						<ExportCsv href={routes.deploymentsCsv(search)} total={count?.isExact ? count.total : null} />
					</div>
				</div>
				<QueueFilters
					filters={filters}
					statuses={statusesOfView[opened.view]}
					projects={projects}
					canSearch={source === "queue"}
					searchBox={searchBox}
					onChange={change}
				/>
				{/* They are those of a project and its states; beside fewer rows than that they would be false. */}
				{source === "queue" && q === null && verdict === null && age === null ? (
					<QueueTimes projectId={project} statuses={question.statuses} />
				) : null}
			</div>
			{unknown.length > 0 ? (
				<Notice tone="warn" role="status" className="mt-3">
					This page does not know {unknown.join(" and ")}, which the link asks for. It is not applied.
				</Notice>
			) : null}
			{cannot.length > 0 ? (
				<Notice tone="warn" role="status" className="mt-3">
					This API lists by state and project only: {cannot.join(" and ")} that the link asks for cannot be
					applied.
				</Notice>
			) : null}
			<LiveDataNotice
				query={{ ...head, data: list.data, dataUpdatedAt: head.dataUpdatedAt || list.dataUpdatedAt }}
			/>
			<div className="flex h-9 items-center gap-3 text-ink-muted text-xs">
				<p role="status">{list.data === undefined ? "" : shownInWords(rows.length, count)}</p>
				{/* Its room is always there: what comes may not push the rows aside. */}
				<span role="status">
					{arrived > 0 ? (
						<Button
							className="h-7"
							onClick={() => {
								window.scrollTo({ top: 0 });
								void showArrived();
							}}
						>
							{formatNumber(arrived)} new
						</Button>
					) : null}
				</span>
			</div>
			<ProjectNames projects={projects}>
				{list.data ? (
					rows.length > 0 ? (
						<QueueTable
							rows={rows}
							columns={queueColumns([
								...(canSelectAny ? [] : (["select"] as const)),
								...(hasNoDigest ? (["change", "findings"] as const) : []),
								...(isDeciding ? (["decided"] as const) : []),
							])}
							total={count?.isExact ? count.total : null}
							statuses={question.statuses}
							selection={position.selection}
							canSelect={canSelect}
							onSelectionChange={position.setSelection}
							activeId={position.activeId}
							onActiveChange={position.setActiveId}
							arriveAt={position.arriveAt}
							focusRow={focusRow}
							onNearEnd={readMore}
						/>
					) : (
						<NothingHere isNarrowed={isNarrowed} onClear={() => change(noFilters)} />
					)
				) : list.isError ? (
					<PageMessage title="The deployments could not be read">
						<p>{list.error.message}</p>
						<Button className="mt-3" onClick={() => void list.refetch()}>
							Try again
						</Button>
					</PageMessage>
				) : (
					<QueueSkeletonRows />
				)}
				{isFetchNextPageError ? (
					<Notice tone="warn" role="alert" className="my-3">
						The next rows could not be read.{" "}
						<button type="button" className="underline" onClick={() => void fetchNextPage()}>
							Try again
						</button>
					</Notice>
				) : null}
				<SelectionBar
					rows={selected}
					onClear={() => position.setSelection({})}
					onSettled={(id) => readAgain([id])}
					onRemaining={(ids) =>
						position.setSelection(Object.fromEntries(ids.map((id) => [id, true as const])))
					}
				/>
			</ProjectNames>
		</div>
	);
}

const noProjects: never[] = [];
const noFilters: Filters = {
	view: "all",
	status: null,
	project: null,
	verdict: null,
	age: null,
	q: null,
	sort: null,
};

function shownInWords(shown: number, count: ReturnType<typeof countStatuses> | null): string {
	if (count === null || (count.isExact && count.total <= shown)) return countOf(shown, "deployment");
	return `${formatNumber(shown)} of ${countInWords(count)} deployments`;
}

function NothingHere({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
	return (
		<PageMessage title={isNarrowed ? "Nothing matches" : "Nothing here"}>
			<p>
				{isNarrowed ? null : (
					<>
						Proposed prompts appear here by themselves. To bring some in now, post them to the API or run{" "}
						<code className="whitespace-nowrap">npm run import -- FILE</code>.{" "}
					</>
				)}
				<button type="button" onClick={onClear} className="text-accent underline">
					Show all deployments
				</button>
			</p>
		</PageMessage>
	);
}
