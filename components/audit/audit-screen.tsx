"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { Actor, useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { DisclosureRow } from "@/components/ui/disclosure-row";
import { JsonBlock } from "@/components/ui/json-value";
import { PageMessage } from "@/components/ui/page-message";
import { ShortId } from "@/components/ui/short-id";
import { useFailure } from "@/components/ui/use-failure";
import { browserApi } from "@/lib/client/browser-client";
import { auditLogQuery } from "@/lib/client/queries/audit";
import type { AuditEntry } from "@/lib/contract/audit-entry";
import { formatMoment } from "@/lib/format";
import { routes } from "@/lib/routes";
import { refusal } from "@/lib/rules/authority";

/** Who did what and when, newest first, as the API keeps it. */
export function AuditScreen() {
	const why = refusal("read_audit_log", useViewer());
	return (
		<div className="px-3 pb-10 sm:px-5">
			<h1 className="py-4 font-medium text-lg">Audit log</h1>
			{why === null ? <AuditEntries /> : <PageMessage title="Not for your role">{why}</PageMessage>}
		</div>
	);
}

function AuditEntries() {
	const query = useInfiniteQuery(auditLogQuery(browserApi));
	const failure = useFailure(query);
	const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
	if (query.data === undefined) {
		return (
			<PageMessage title={failure ? "The audit log could not be read" : "Reading the audit log"}>
				{failure ? <p>{failure.message} This page keeps trying.</p> : null}
			</PageMessage>
		);
	}
	return (
		<>
			<LiveDataNotice query={query} />
			{entries.length === 0 ? <PageMessage title="Nothing was recorded yet" /> : null}
			<ul className="border-line border-b">
				{entries.map((entry) => (
					<EntryRow key={entry.id} entry={entry} />
				))}
			</ul>
			{query.hasNextPage ? (
				<Button
					className="mt-4"
					disabled={query.isFetchingNextPage}
					onClick={() => void query.fetchNextPage()}
				>
					{query.isFetchingNextPage ? "Reading" : "Show older entries"}
				</Button>
			) : null}
		</>
	);
}

function EntryRow({ entry }: { entry: AuditEntry }) {
	return (
		<DisclosureRow
			columns="lg:grid-cols-[13rem_18rem_minmax(0,1fr)]"
			summary={
				<>
					<span className="text-ink-muted">{formatMoment(entry.created_at)}</span>
					<span className="font-mono text-xs">{entry.event}</span>
					<span className="truncate">
						<Actor id={entry.actor_id} />
					</span>
				</>
			}
		>
			<div className="grid gap-3 lg:grid-cols-[22rem_minmax(0,1fr)]">
				<dl className="grid grid-cols-[6rem_minmax(0,1fr)] content-start gap-x-3 gap-y-1">
					<dt className="text-ink-muted">Entry</dt>
					<dd>
						<ShortId id={entry.id} what="entry id" />
					</dd>
					{entry.resource_id ? (
						<>
							<dt className="text-ink-muted">About</dt>
							<dd>
								<ShortId id={entry.resource_id} what="resource id" />{" "}
								<OpenSubject event={entry.event} id={entry.resource_id} />
							</dd>
						</>
					) : null}
					{entry.curr_hash ? (
						<>
							<dt className="text-ink-muted">Hash</dt>
							<dd>
								<ShortId id={`sha256:${entry.curr_hash}`} what="hash" />
							</dd>
						</>
					) : null}
				</dl>
				<JsonBlock value={entry.metadata ?? {}} />
			</div>
		</DisclosureRow>
	);
}

/** The way to what an entry is about, where it has a page of its own. */
function OpenSubject({ event, id }: { event: string; id: string }) {
	const href = event.startsWith("deployment.")
		? routes.deployment(id)
		: event.startsWith("control_action.")
			? routes.action(id)
			: null;
	if (href === null) return null;
	return (
		<Link href={href} className="text-accent underline">
			Open
		</Link>
	);
}
