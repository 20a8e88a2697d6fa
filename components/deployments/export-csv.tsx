"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { renewSession } from "@/lib/client/browser-client";
import { countOf, formatNumber } from "@/lib/format";
import type { ExportProgress } from "@/lib/queue-export/read-export";

interface ExportCsvProps {
	/** The address of the export, with the parameters of the view on screen. */
	href: string;
	/** How many rows the view has; null where that is not known exactly. */
	total: number | null;
}

type State =
	| { kind: "idle" }
	| { kind: "reading"; progress: ExportProgress }
	| { kind: "ended"; said: string }
	| { kind: "failed"; said: string };

/** Often enough to be seen moving, seldom enough for a screen reader. */
const saidEveryMs = 1_000;

/**
 * Reads the view as CSV and saves it as a file once all of it has come; what is cut off, refused or cancelled
 * saves nothing.
 */
export function ExportCsv({ href, total }: ExportCsvProps) {
	const [state, setState] = useState<State>({ kind: "idle" });
	const underWay = useRef<AbortController | null>(null);
	useEffect(() => () => underWay.current?.abort(), []);

	async function start() {
		if (underWay.current !== null) return;
		const leaving = new AbortController();
		underWay.current = leaving;
		let rows = 0;
		let saidAt = 0;
		setState({ kind: "reading", progress: { rows, total } });
		try {
			const { readExport } = await import("@/lib/queue-export/read-export");
			const file = await readExport({
				url: new URL(href, window.location.origin),
				fetch: (url, init) => fetch(url, init),
				renew: (isFirst) => renewSession({ skipCache: !isFirst }),
				signal: leaving.signal,
				onProgress: (progress) => {
					rows = progress.rows;
					if (Date.now() - saidAt < saidEveryMs) return;
					saidAt = Date.now();
					setState({ kind: "reading", progress: { rows, total: progress.total ?? total } });
				},
			});
			save(new Blob(file.parts, { type: "text/csv;charset=utf-8" }), file.name);
			setState({ kind: "ended", said: `${countOf(file.rows, "row")} saved` });
		} catch (error) {
			if (leaving.signal.aborted) {
				setState({ kind: "ended", said: "Cancelled, nothing was saved" });
				return;
			}
			const why = error instanceof Error && error.name === "ApiError" ? ` ${error.message}` : "";
			const said = `The export stopped after ${countOf(rows, "row")}, and nothing was saved.${why}`;
			setState({ kind: "failed", said });
		} finally {
			underWay.current = null;
		}
	}

	return (
		<span className="inline-flex flex-wrap items-center justify-end gap-2">
			<span role="status" className="text-ink-muted text-xs">
				{state.kind === "reading" ? progressInWords(state.progress) : null}
				{state.kind === "ended" ? state.said : null}
			</span>
			{state.kind === "failed" ? (
				<span role="alert" className="text-bad text-xs">
					{state.said}
				</span>
			) : null}
			{state.kind === "reading" ? (
				<Button onClick={() => underWay.current?.abort()}>Cancel</Button>
			) : (
				<Button onClick={() => void start()}>Export CSV</Button>
			)}
		</span>
	);
}

function progressInWords({ rows, total }: ExportProgress): string {
	return total === null
		? countOf(rows, "row")
		: `${formatNumber(rows)} of ${countOf(Math.max(rows, total), "row")}`;
}

/** Hands a file to the browser's own downloads. */
function save(file: Blob, name: string): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// The browser has to have begun to read it.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
