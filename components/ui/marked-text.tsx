import type { ReactNode } from "react";
import { type HiddenCharacter, revealHiddenCharacters, splitHidden } from "@/lib/rules/hidden-characters";

/** Marks and the text between. What follows is written as `⟦U+200B⟧`: an element for each would stop the page. */
const maxParts = 2_000;

/**
 * A text in which each hidden character is drawn as a small box with its short name, and read aloud by its
 * full one; a space of another kind keeps its width behind its name. The plain string when nothing is hidden. For server
 * and browser alike.
 */
export function MarkedText({ text }: { text: string }): ReactNode {
	const parts = splitHidden(text);
	if (parts.every((part) => typeof part === "string")) return text;
	const drawn: ReactNode[] = [];
	let index = 0;
	for (const part of parts) {
		if (drawn.length >= maxParts) break;
		drawn.push(typeof part === "string" ? part : <Mark key={index} character={part} />);
		index += typeof part === "string" ? part.length : part.text.length;
	}
	if (index < text.length) drawn.push(revealHiddenCharacters(text.slice(index)).text);
	return drawn;
}

function Mark({ character }: { character: HiddenCharacter }) {
	const title = `${character.name}, ${character.codePoint}`;
	return (
		<span className="hidden-mark" title={title}>
			<span aria-hidden="true">{character.label}</span>
			<span className="sr-only"> {character.name} </span>
			{character.kind === "space" ? character.text : null}
		</span>
	);
}
