/** The looks a person can choose; `system` leaves it to the browser. */
const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Kept in a cookie, so that the server writes the right colours and nothing flashes. */
export const themeCookie = "countersign-theme";

/** The theme that a cookie names; anything else is `system`. */
export function parseTheme(value: string | undefined): Theme {
	return themes.find((theme) => theme === value) ?? "system";
}
