import { shortenId } from "@/lib/format";
import { CopyButton } from "./copy-button";

/** An id, short, with the whole of it on hover and on the clipboard. */
export function ShortId({ id, what }: { id: string; what: string }) {
	return (
		<span className="whitespace-nowrap font-mono text-xs">
			<span title={id} className="print:hidden">
				{shortenId(id)}
			</span>
			{/* Nobody can point at paper, or copy from it. */}
			<span aria-hidden className="hidden print:inline">
				{id}
			</span>{" "}
			<CopyButton text={id} label={`Copy ${what}`} />
		</span>
	);
}
