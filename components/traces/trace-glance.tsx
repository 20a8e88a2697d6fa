"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { PlainText } from "@/components/ui/plain-text";
import { statusOf } from "@/lib/client/api-error";
import { browserApi } from "@/lib/client/browser-client";
import { traceQuery } from "@/lib/client/queries/traces";
import { ForeignValue } from "./foreign-value";
import { TraceLink } from "./trace-link";

/** What a trace is about, short: its input, its output, and what went wrong. */
export function TraceGlance({ traceId }: { traceId: string }) {
	const { data: trace, error } = useQuery(traceQuery(browserApi, traceId));
	return (
		<div className="flex min-w-0 flex-col gap-3">
			<Part title="Trace">
				<TraceLink id={traceId} />
			</Part>
			{trace === undefined ? (
				<p className="text-ink-muted">
					{error === null
						? "Reading the trace"
						: statusOf(error) === 404
							? "The API does not know this trace."
							: `The trace could not be read. ${error.message}`}
				</p>
			) : (
				<>
					<Part title="Original input">
						<ForeignValue value={trace.input} />
					</Part>
					<Part title="Output">
						<ForeignValue value={trace.output} />
					</Part>
					{trace.error ? (
						<Part title="Error">
							<span className="text-bad">
								<PlainText text={trace.error} />
							</span>
						</Part>
					) : null}
				</>
			)}
		</div>
	);
}

function Part({ title, children }: { title: string; children: ReactNode }) {
	return (
		<div className="min-w-0">
			<h3 className="text-ink-muted text-xs">{title}</h3>
			<div>{children}</div>
		</div>
	);
}
