import { PlainText } from "@/components/ui/plain-text";
import type { ControlAction } from "@/lib/contract/control-action";
import { notesOf } from "@/lib/rules/control-action/outcome";

/** What the executor wants known: that a stand-in answered, that no system prompt was there to be sent. */
export function ExecutorNotes({ result }: { result: ControlAction["result"] }) {
	const notes = notesOf(result);
	if (notes.length === 0) return null;
	return (
		<ul aria-label="Notes of the executor" className="mt-1 list-disc pl-5">
			{notes.map((note) => (
				<li key={note}>
					<PlainText text={note} />
				</li>
			))}
		</ul>
	);
}
