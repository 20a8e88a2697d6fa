import { readFileSync } from "node:fs";

/** The text of `prompts/<project>/<name>.md`, with LF line ends on every system. */
export function readPrompt(projectKey: string, name: string): string {
	const file = new URL(`./prompts/${projectKey}/${name}.md`, import.meta.url);
	return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
}
