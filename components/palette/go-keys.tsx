"use client";

import { useRouter } from "next/navigation";
import { useKeySequences } from "@/components/ui/use-single-keys";
import { routes } from "@/lib/routes";

/** g, then the first letter of a page or the second of Audit, goes there from wherever one is. */
export function GoKeys() {
	const router = useRouter();
	useKeySequences({
		"g d": () => router.push(routes.deployments()),
		"g t": () => router.push(routes.triage),
		"g a": () => router.push(routes.actions),
		"g u": () => router.push(routes.audit),
	});
	return null;
}
