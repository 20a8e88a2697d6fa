const specialTokens =
	"bos eos pad unk mask sep cls fim_prefix fim_suffix fim_middle endoftext start_of_turn end_of_turn";
/** Elements of HTML whose names prompts also give to what a caller fills in. */
const doubtfulElements = new Set(
	"input output data time title source summary label option article address link".split(" "),
);
const certainElements = new Set(
	(
		"a abbr aside audio b base bdi bdo blockquote body br button canvas caption cite code col " +
		"colgroup datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img ins kbd legend li main map mark " +
		"menu meta meter nav noscript object ol optgroup p param picture pre progress q rp rt ruby s " +
		"samp script search section select slot small span strike strong style sub sup svg table " +
		"tbody td template textarea tfoot th thead tr track tt u ul var video wbr font center"
	).split(" "),
);
/** Sections that the model opens by itself, and languages. */
const sectionsOfModel = new Set(
	(
		"thinking think thought reasoning scratchpad analysis reflection plan step steps final important " +
		"json xml html markdown " +
		specialTokens
	).split(" "),
);
/** What the model writes as often as it is given it: a variable, unless it is told to write in it. */
const results = new Set("answer response result results reply output summary title label".split(" "));
const writtenInto =
	/(?:^|[^\p{L}])(?:in|inside|within|into|between|under|with|by|then|open|start|begin|emit|write|output)[ \t]{1,2}(?:(?:a|an|the|your)[ \t]{1,2})?$/iu;
const webWords = /\b(?:x?html5?|dom|jsx|tsx|css|react|vue|svelte|angular|web ?pages?|markup)\b/i;

/** True where a text writes or speaks of HTML, so that `<input>` is an element there and no placeholder. */
export function speaksOfHtml(text: string): boolean {
	if (webWords.test(text)) return true;
	for (const [, name = "", end] of text.matchAll(/<\/?([A-Za-z][A-Za-z0-9]{0,10})([\s/>])/g)) {
		const element = name.toLowerCase();
		if (certainElements.has(element) || (end !== ">" && doubtfulElements.has(element))) return true;
	}
	return false;
}

/**
 * Whether `<name>`, which is closed nowhere, stands for something else than what a caller fills in: an element
 * of HTML, a special token of a language model, a section that the model is told to open. `before` is the text
 * in front of it.
 */
export function isNoVariable(written: string, before: string, hasHtml: boolean): boolean {
	const name = written.toLowerCase();
	if (certainElements.has(name) || sectionsOfModel.has(name)) return true;
	if (hasHtml && doubtfulElements.has(name)) return true;
	return results.has(name) && writtenInto.test(before);
}
