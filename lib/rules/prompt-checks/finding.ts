/** The checks, in the order in which their findings are listed beside findings of the same severity. */
export const checkNames = [
	"hidden-characters",
	"template-variables",
	"removed-rules",
	"copied-content",
	"instructions-to-ignore",
	"stale-base",
	"earlier-candidates",
	"language",
	"change-size",
	"length",
] as const;
export type CheckName = (typeof checkNames)[number];

/** `severe`: likely to break or endanger something. `warning`: look here. `note`: good to know. */
export const severities = ["severe", "warning", "note"] as const;
export type Severity = (typeof severities)[number];

export type PromptSide = "current" | "proposed";

/** A part of one exact prompt, in UTF-16 units: `prompt.slice(start, end)`. Never empty. */
export interface Place {
	side: PromptSide;
	start: number;
	end: number;
}

/** What a check has to say about a change. It never blocks anything: a person decides. */
export interface Finding {
	check: CheckName;
	severity: Severity;
	/** One sentence for the person, with the name of the thing in it. Plain text, ends with a full stop. */
	sentence: string;
	/** Where to look; empty where the finding is about the whole. */
	places: readonly Place[];
	/** Two texts to be read side by side; a side that is gone is null. */
	pair?: { current: string | null; proposed: string | null };
}

/** The texts that a check looks at, exactly as the API holds them. */
export interface PromptTexts {
	current: string;
	proposed: string;
}

/** A check as a pure function of the two texts: never throws, reads each text a bounded number of times. */
export type PromptCheck = (texts: PromptTexts) => Finding[];
