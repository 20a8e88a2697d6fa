import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ViewerProvider } from "@/components/layout/viewer";
import { browserApi } from "@/lib/client/browser-client";
import { killSwitchQuery } from "@/lib/client/queries/control";
import { KillSwitchControl } from "./kill-switch-control";

test("a kill switch that cannot be read is said to be not known, instead of standing nowhere", async () => {
	const client = new QueryClient({ defaultOptions: { queries: { retry: false, retryOnMount: false } } });
	const fails = () => Promise.reject(new Error("The API cannot be reached."));
	await client.prefetchQuery({ ...killSwitchQuery(browserApi), queryFn: fails });
	const drawn = renderToStaticMarkup(
		<QueryClientProvider client={client}>
			<ViewerProvider
				viewer={{ userId: "user_1", role: "owner" }}
				directory={{ organizationName: "Acme", people: {} }}
				extensions={[]}
			>
				<KillSwitchControl />
			</ViewerProvider>
		</QueryClientProvider>,
	);
	expect(drawn).toContain("not known.");
	expect(drawn).toContain("The API cannot be reached.");
	expect(drawn).not.toContain("Turn the kill switch");
});
