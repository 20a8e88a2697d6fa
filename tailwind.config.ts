import type { Config } from "tailwindcss";

/** Colours are the tokens of `app/globals.css`, which hold a light and a dark value each. */
const token = (name: string) => `var(--${name})`;

/** Four sizes and two weights for the whole product; see the look in `docs/architecture.md`. */
export default {
	content: [],
	theme: {
		colors: {
			transparent: "transparent",
			current: "currentColor",
			page: token("page"),
			surface: token("surface"),
			hover: token("hover"),
			line: { DEFAULT: token("line"), strong: token("line-strong") },
			ink: { DEFAULT: token("ink"), muted: token("ink-muted") },
			accent: { DEFAULT: token("accent"), ink: token("accent-ink"), soft: token("accent-soft") },
			good: { DEFAULT: token("good"), soft: token("good-soft") },
			bad: { DEFAULT: token("bad"), ink: token("bad-ink"), soft: token("bad-soft") },
			warn: { DEFAULT: token("warn"), soft: token("warn-soft"), line: token("warn-line") },
			scrim: token("scrim"),
		},
		fontSize: {
			xs: ["12px", "16px"],
			sm: ["13px", "20px"],
			base: ["15px", "22px"],
			lg: ["20px", "28px"],
		},
		fontWeight: { normal: "400", medium: "550" },
		fontFamily: {
			sans: ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"],
			mono: token("mono"),
		},
	},
} satisfies Config;
