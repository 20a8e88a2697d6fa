import { MarkedText } from "@/components/ui/marked-text";

/**
 * Text from a model or a person: as text, never as markup, with what cannot be seen drawn as marks. In one
 * line where a table needs it, else with its own line ends.
 */
export function PlainText({ text, isOneLine = false }: { text: string; isOneLine?: boolean }) {
	return (
		<span className={isOneLine ? "foreign-line" : "foreign-text"}>
			<MarkedText text={text} />
		</span>
	);
}
