import { ClerkProvider, SignIn } from "@clerk/nextjs";
import type { Metadata } from "next";
import { connection } from "next/server";
import { clerkProviderSettings } from "@/components/layout/clerk-settings";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/routes";

export const metadata: Metadata = { title: "Sign in" };

/** The one page that loads Clerk's widgets; everywhere else clerk-js comes without them. */
export default async function SignInPage() {
	// One build serves every set of keys, so the keys are read while the request is answered.
	await connection();
	return (
		<ClerkProvider {...clerkProviderSettings()}>
			<main className="grid min-h-dvh place-items-center bg-surface p-4">
				<div className="w-full max-w-[400px]">
					<p className="mb-6 text-center font-medium text-lg">Countersign</p>
					<div className="grid min-h-[420px] justify-items-center">
						<SignIn
							path={routes.signIn}
							routing="path"
							fallbackRedirectUrl={routes.deployments()}
							withSignUp={false}
							fallback={<SignInSkeleton />}
						/>
					</div>
				</div>
			</main>
		</ClerkProvider>
	);
}

function SignInSkeleton() {
	return (
		<div role="status" className="w-full rounded-lg border border-line bg-page p-8">
			<span className="sr-only">Loading the sign-in form</span>
			<Skeleton className="mx-auto h-5 w-40" />
			<Skeleton className="mt-10 h-9 w-full" />
			<Skeleton className="mt-4 h-9 w-full" />
		</div>
	);
}
