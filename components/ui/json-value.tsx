import { PlainText } from "@/components/ui/plain-text";
import { formatNumber } from "@/lib/format";

/** Any JSON value as a reader wants it: a figure, a text, or the JSON itself. */
export function JsonValue({ value }: { value: unknown }) {
	if (typeof value === "number") return <span className="font-mono">{formatFigure(value)}</span>;
	if (typeof value === "string")
		return value === "" ? <Muted text="empty text" /> : <PlainText text={value} />;
	if (value === undefined) return <Muted text="–" />;
	if (value === null || typeof value === "boolean") return <Muted text={String(value)} />;
	return <JsonBlock value={value} />;
}

/** JSON, indented, in a box of its own that scrolls. */
export function JsonBlock({ value }: { value: unknown }) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
		<pre tabIndex={0} className="relative max-h-64 overflow-auto rounded-md bg-surface p-2 text-xs">
			<PlainText text={JSON.stringify(value, null, 2)} />
		</pre>
	);
}

/** 1e999 in a report is read as Infinity: it is no figure, and must not look like one. */
function formatFigure(value: number): string {
	return Number.isFinite(value) ? formatNumber(value) : "not a number";
}

function Muted({ text }: { text: string }) {
	return <span className="text-ink-muted">{text}</span>;
}
