import { bySeverity } from "./by-severity";
import { checkCopiedContent } from "./copied-content";
import type { Finding, PromptCheck, PromptTexts } from "./finding";
import { checkHiddenCharacters } from "./hidden-characters";
import { checkInstructionsToIgnore } from "./instructions-to-ignore";
import { checkLanguage } from "./language";
import { checkRemovedRules } from "./removed-rules";
import { checkTemplateVariables } from "./template-variables";

/** The checks that need the two texts and nothing else. */
const checks: readonly PromptCheck[] = [
	checkHiddenCharacters,
	checkTemplateVariables,
	checkRemovedRules,
	checkCopiedContent,
	checkInstructionsToIgnore,
	checkLanguage,
];

/** What the checks have to say about a change, the worst first. */
export function checkPrompts(texts: PromptTexts): Finding[] {
	return checks.flatMap((check) => check(texts)).sort(bySeverity);
}
