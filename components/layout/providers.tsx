"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { ClockProvider } from "@/components/ui/clock";
import type { Directory } from "@/lib/auth/keep-directory";
import { createQueryClient } from "@/lib/client/query-client";
import type { Extension } from "@/lib/contract/health";
import { LiveUpdates } from "./live-updates";
import { RefreshWhenBack } from "./refresh-when-back";
import { type Viewer, ViewerProvider } from "./viewer";

interface ProvidersProps {
	renderedAt: number;
	viewer: Viewer;
	directory: Directory;
	extensions: readonly Extension[];
	/** False where the API could not be asked for its extensions: none is known then. */
	isAnnouncementRead: boolean;
	children: ReactNode;
}

export function Providers({
	renderedAt,
	viewer,
	directory,
	extensions,
	isAnnouncementRead,
	children,
}: ProvidersProps) {
	const [queryClient] = useState(createQueryClient);
	useEffect(() => {
		// From here on the page answers; whoever drives it by a program can wait for this.
		document.documentElement.dataset.ready = "";
	}, []);
	return (
		<QueryClientProvider client={queryClient}>
			<NuqsAdapter>
				<ClockProvider renderedAt={renderedAt}>
					<ViewerProvider viewer={viewer} directory={directory} extensions={extensions}>
						<LiveUpdates />
						{isAnnouncementRead ? null : <RefreshWhenBack />}
						{children}
					</ViewerProvider>
				</ClockProvider>
			</NuqsAdapter>
		</QueryClientProvider>
	);
}
