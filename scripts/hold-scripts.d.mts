/** The beginning of a page, changed so that its scripts are asked for when it has been painted. */
export function holdScripts(html: string): string;
