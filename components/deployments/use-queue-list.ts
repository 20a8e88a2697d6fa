"use client";

import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useMemo } from "react";
import { useLiveChanges } from "@/components/layout/live-updates";
import { browserApi } from "@/lib/client/browser-client";
import {
	type QueueQuestion,
	type QueueSlice,
	type QueueSource,
	queueHeadQuery,
	queueKeys,
	queueListQuery,
	readFirstSlice,
	readRows,
} from "@/lib/client/queries/queue";
import type { QueueRow } from "@/lib/contract/queue";
import { reconcile } from "@/lib/rules/queue/reconcile";

const noRows: QueueRow[] = [];
const noIds: string[] = [];

/**
 * The rows of the queue: read slice by slice, brought up to date in place, and never moved. What has come
 * since is counted, and shown when the person asks for it. `question` has to be the same object while it is
 * the same question.
 */
export function useQueueList(source: QueueSource, question: QueueQuestion, first: QueueSlice | null) {
	const queryClient = useQueryClient();
	const list = useInfiniteQuery({
		...queueListQuery(browserApi, source, question),
		...(first === null ? {} : { initialData: { pages: [first], pageParams: [null] } }),
	});
	const head = useQuery({
		...queueHeadQuery(browserApi, source, question),
		enabled: list.data !== undefined,
	});
	const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? noRows, [list.data]);
	const isWhole = !list.hasNextPage;
	const { arrived, gone } = useMemo(() => {
		if (head.data === undefined) return { arrived: noIds, gone: noIds };
		return reconcile({ rows, isWhole }, { rows: head.data.items, isWhole: head.data.next === null });
	}, [rows, isWhole, head.data]);

	const putRows = useCallback(
		(fresh: readonly QueueRow[]) => {
			const byId = new Map(fresh.map((row) => [row.id, row]));
			queryClient.setQueryData<InfiniteData<QueueSlice>>(
				queueKeys.list(source, question),
				(data) => data && withRows(data, byId),
			);
		},
		[queryClient, source, question],
	);
	const readAgain = useCallback(
		(ids: readonly string[]) => {
			// A row that cannot be read now is read with the next change; it shows its last known state till then.
			void readRows(browserApi, source, ids).then(putRows, () => undefined);
		},
		[source, putRows],
	);

	const takeHead = useEffectEvent((fresh: QueueSlice) => {
		putRows(fresh.items);
		// A row that has left this view is read once, and is known to have left it from then on.
		const statuses: readonly string[] = question.statuses;
		readAgain(gone.filter((id) => rows.some((row) => row.id === id && statuses.includes(row.status))));
	});
	useEffect(() => {
		if (head.data !== undefined) takeHead(head.data);
	}, [head.data]);

	useLiveChanges((news) => {
		const changed = new Set(news.flatMap((change) => (change === "reset" ? [] : [change.resource_id])));
		const ids = rows.flatMap(({ id }) => (changed.has(id) ? [id] : []));
		if (ids.length > 0) readAgain(ids);
		return queryClient.invalidateQueries({
			queryKey: queueHeadQuery(browserApi, source, question).queryKey,
		});
	});

	/** Reads the list anew from its head, with what has arrived. Fails as the read does. */
	async function showArrived() {
		const slice = await readFirstSlice(browserApi, source, question);
		const data: InfiniteData<QueueSlice> = { pages: [slice], pageParams: [null] };
		queryClient.setQueryData(queueKeys.list(source, question), data);
	}

	return { list, head, rows, arrived: arrived.length, readAgain, showArrived };
}

/** The same data where nothing differs, so that nothing is drawn again for it. */
function withRows(
	data: InfiniteData<QueueSlice>,
	fresh: ReadonlyMap<string, QueueRow>,
): InfiniteData<QueueSlice> {
	let isChanged = false;
	const pages = data.pages.map((page) => {
		let isPageChanged = false;
		const items = page.items.map((row) => {
			const now = fresh.get(row.id);
			if (now === undefined || JSON.stringify(now) === JSON.stringify(row)) return row;
			isPageChanged = true;
			return now;
		});
		isChanged ||= isPageChanged;
		return isPageChanged ? { ...page, items } : page;
	});
	return isChanged ? { ...data, pages } : data;
}
