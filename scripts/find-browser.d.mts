/** The path of a browser that runs here; one is installed when there is none. Throws one sentence. */
export function findBrowser(): Promise<string>;

/** What a Chromium that tests drive is started with, beyond what Playwright adds. */
export function browserArguments(): string[];
