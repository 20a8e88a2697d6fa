import type { Wanted } from "./line-links";

/**
 * Brings what is wanted of a line into sight, where the line is longer than the window or scrolls sideways: what a check
 * has found in it, or the first word that differs.
 */
export function showWord(anchor: string, wanted: Wanted): void {
	const number = document.getElementById(anchor);
	if (number === null) return;
	const word =
		(wanted === "finding" ? contentOf(number)?.querySelector(".diff-mark") : null) ?? wordOf(number);
	if (word !== null && !isInSight(word)) word.scrollIntoView({ block: "center", inline: "center" });
}

/**
 * Goes on inside a line that is longer than the window or than its box: to the next word of it (`by` 1) or the one before
 * (-1) that differs and is out of sight. False where there is none.
 */
export function stepInside(anchor: string, by: 1 | -1): boolean {
	const row = document.getElementById(anchor)?.closest("tr");
	if (row == null || isInSight(row)) return false;
	const [top, bottom] = [0, window.innerHeight];
	const { left, right } = sightOf(row);
	const beyond = [...row.querySelectorAll(".diff-word")].filter((word) => {
		const box = word.getBoundingClientRect();
		return by === 1 ? box.top >= bottom || box.left >= right : box.bottom <= top || box.right <= left;
	});
	const next = by === 1 ? beyond[0] : beyond.at(-1);
	next?.scrollIntoView({ block: "center", inline: "center" });
	return next !== undefined;
}

/** The cell with the text of the line that this number stands before. */
function contentOf(number: Element): Element | null {
	let cell = number.closest("td");
	while (cell !== null && !cell.classList.contains("diff-content")) {
		const next: Element | null = cell.nextElementSibling;
		cell = next instanceof HTMLTableCellElement ? next : null;
	}
	return cell;
}

/** In the line itself, or, where nothing was added to it, in what stood there before. */
function wordOf(number: Element): Element | null {
	const word = contentOf(number)?.querySelector(".diff-word") ?? null;
	return word ?? number.closest("tr")?.querySelector(".diff-word") ?? null;
}

/** From where to where, sideways, a text is seen: the window, or the box that scrolls. */
function sightOf(element: Element): { left: number; right: number } {
	const box = element.closest(".diff-unwrapped")?.getBoundingClientRect();
	return { left: box?.left ?? 0, right: box?.right ?? window.innerWidth };
}

function isInSight(element: Element): boolean {
	const box = element.getBoundingClientRect();
	const { left, right } = sightOf(element);
	return box.top >= 0 && box.bottom <= window.innerHeight && box.left >= left && box.right <= right;
}
