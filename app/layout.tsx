import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, themeCookie } from "@/lib/theme";
import "./globals.css";

export const metadata: Metadata = {
	title: { default: "Countersign", template: "%s · Countersign" },
	description: "Decide whether a machine-written change to a system prompt goes live.",
	robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
	const theme = parseTheme((await cookies()).get(themeCookie)?.value);
	return (
		<html lang="en" data-theme={theme === "system" ? undefined : theme}>
			<body>{children}</body>
		</html>
	);
}
