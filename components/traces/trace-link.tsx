import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";

/** A trace by its short id, as a link to it, with the whole id on the clipboard. */
export function TraceLink({ id }: { id: string }) {
	return (
		<span className="whitespace-nowrap font-mono text-xs">
			<Link href={routes.trace(id)} title={id} prefetch={false} className="text-accent underline">
				{shortenId(id)}
			</Link>{" "}
			<CopyButton text={id} label="Copy trace id" />
		</span>
	);
}
