import type { ReactNode } from "react";

/** What stands in a menu. */
export type MenuEntry =
	| { kind: "label"; text: string }
	| { kind: "text"; content: ReactNode }
	| { kind: "separator" }
	| { kind: "item"; key: string; content: ReactNode; onSelect: () => void }
	| MenuChoice;

/** One of several, with a tick at the chosen one. */
interface MenuChoice {
	kind: "choice";
	label: string;
	value: string;
	options: readonly { value: string; label: string }[];
	/** Is given the value of one of the options. */
	onChange: (value: string) => void;
}
