"use client";

import { ClerkProvider } from "@clerk/nextjs";
import type { ComponentProps } from "react";

/** What `clerkProviderSettings` gives. */
export type ClerkSettings = Omit<ComponentProps<typeof ClerkProvider>, "children">;

/** Clerk for this page, without anything on screen: it is reached as `window.Clerk`, its documented place. */
export default function ClerkInBackground({ settings }: { settings: ClerkSettings }) {
	return (
		<ClerkProvider {...settings} prefetchUI={false}>
			{null}
		</ClerkProvider>
	);
}
