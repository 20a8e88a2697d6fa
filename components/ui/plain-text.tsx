import { revealHiddenCharacters } from "@/lib/rules/hidden-characters";

/**
 * Text from a model or a person: as text, never as markup, with what cannot be seen written out. In one
 * line where a table needs it, else with its own line ends.
 */
export function PlainText({ text, isOneLine = false }: { text: string; isOneLine?: boolean }) {
	return (
		<span className={isOneLine ? "foreign-line" : "foreign-text"}>{revealHiddenCharacters(text).text}</span>
	);
}
