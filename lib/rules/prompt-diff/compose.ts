/** Below U+0300 nothing combines: such a text is its own NFC form. */
const mayCompose = /[\u0300-\uffff]/;

/** Whether a text holds anything that NFC could change; false for plain English, at the price of one scan. */
export function mayBeComposed(text: string): boolean {
	return mayCompose.test(text);
}

/** The NFC form of a text of any length. Never throws, keeps lone surrogates. */
export function composed(text: string): string {
	return mayCompose.test(text) ? text.normalize("NFC") : text;
}
