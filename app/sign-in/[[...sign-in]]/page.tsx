import { ClerkProvider } from "@clerk/nextjs";
import type { Metadata } from "next";
import { connection } from "next/server";
import { clerkProviderSettings } from "@/components/layout/clerk-settings";
import { SignInForm } from "@/components/sign-in/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

/** The one page that loads Clerk's widgets; everywhere else clerk-js comes without them. */
export default async function SignInPage() {
	// One build serves every set of keys, so the keys are read while the request is answered.
	await connection();
	return (
		<ClerkProvider {...clerkProviderSettings()}>
			<main className="grid min-h-dvh place-items-center bg-surface p-4">
				<div className="w-full max-w-[400px]">
					<h1 className="mb-6 text-center font-medium text-lg">Countersign</h1>
					<div className="grid min-h-[420px] justify-items-center">
						<SignInForm />
					</div>
				</div>
			</main>
		</ClerkProvider>
	);
}
