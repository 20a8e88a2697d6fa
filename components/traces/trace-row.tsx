import Link from "next/link";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import type { TracePage } from "@/lib/contract/trace";
import { formatNumber, shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";

/** UTF-16 units of an input that a row draws: it is cut to one line in any case. */
const shownLength = 300;

interface TraceRowProps {
	trace: TracePage["traces"][number];
	projectName: string | undefined;
}

/** One trace of the list: whether it failed and how, on which input, where. The whole row opens it. */
export function TraceRow({ trace, projectName }: TraceRowProps) {
	const { id, name, input, error, model, latency_ms, project_id, started_at } = trace;
	const inputText = input == null ? "" : typeof input === "string" ? input : JSON.stringify(input);
	return (
		<li className="relative grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-0.5 border-line border-t py-2 hover:bg-surface lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_10rem_8rem_6rem_4rem]">
			<Link
				href={routes.trace(id)}
				prefetch={false}
				className="min-w-0 truncate after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
			>
				{error ? (
					<span className="text-bad">
						<span aria-hidden>✕ </span>
						<PlainText text={error} isOneLine />
					</span>
				) : (
					<PlainText text={name || shortenId(id)} isOneLine />
				)}
			</Link>
			<span className="min-w-0 truncate text-ink-muted max-lg:order-3 max-lg:col-span-2">
				<PlainText text={inputText.slice(0, shownLength)} isOneLine />
			</span>
			<span className="text-ink-muted max-lg:order-4">{projectName ?? shortenId(project_id)}</span>
			<span className="truncate font-mono text-ink-muted text-xs max-lg:hidden">
				{model ? <PlainText text={model} isOneLine /> : null}
			</span>
			<span className="text-right text-ink-muted max-lg:order-5">
				{typeof latency_ms === "number" ? `${formatNumber(latency_ms)} ms` : null}
			</span>
			<span className="text-right text-ink-muted max-lg:order-2">
				<Age at={started_at} />
			</span>
		</li>
	);
}
