import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { AlarmBanners } from "@/components/layout/alarm-banners";
import { ChooseOrganization } from "@/components/layout/choose-organization";
import { clerkProviderSettings, clerkScript } from "@/components/layout/clerk-settings";
import { Providers } from "@/components/layout/providers";
import { SessionKeeper } from "@/components/layout/session-keeper";
import { TopBar } from "@/components/layout/top-bar";
import { getCaller } from "@/lib/auth/caller";
import { getDirectory } from "@/lib/auth/directory";
import { announcedExtensions, isAnnouncementRead } from "@/lib/client/extensions";
import { killSwitchQuery } from "@/lib/client/queries/control";
import { regressedDeploymentsQuery } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";
import { getEnvironment } from "@/lib/env";
import { routes } from "@/lib/routes";
import { parseTheme, themeCookie } from "@/lib/theme";

/** Everything behind sign-in: who is here, the bar, and the two alarms that every page carries. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
	await connection();
	const caller = await getCaller();
	if (caller === null) redirect(routes.signIn);
	const theme = parseTheme((await cookies()).get(themeCookie)?.value);
	const clerk = { settings: clerkProviderSettings(), script: clerkScript() };
	if (caller.organizationId === null) {
		return (
			<>
				<ChooseOrganization />
				<SessionKeeper {...clerk} />
			</>
		);
	}
	const queryClient = createQueryClient();
	const api = getServerApi();
	const { apiUrl } = getEnvironment();
	const [directory, extensions, isRead] = await Promise.all([
		getDirectory(caller.organizationId, caller.organizationSlug ?? caller.organizationId),
		announcedExtensions(apiUrl),
		isAnnouncementRead(apiUrl),
		queryClient.prefetchQuery(killSwitchQuery(api)),
		queryClient.prefetchQuery(regressedDeploymentsQuery(api)),
		// The banner names a project. What the page reads of them, too, has to be there when the banner comes to life,
		// or the page would come to life with less than the server has drawn.
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	const viewer = { userId: caller.userId, role: caller.role };
	return (
		<>
			<Providers
				renderedAt={Date.now()}
				viewer={viewer}
				directory={directory}
				extensions={[...extensions]}
				isAnnouncementRead={isRead}
			>
				<a
					href="#content"
					className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-page focus:px-3 focus:py-2"
				>
					Skip to the content
				</a>
				<HydrationBoundary state={dehydrate(queryClient)}>
					<TopBar theme={theme} />
					<AlarmBanners />
				</HydrationBoundary>
				<main id="content" tabIndex={-1} className="outline-none">
					{children}
				</main>
			</Providers>
			<SessionKeeper {...clerk} />
		</>
	);
}
