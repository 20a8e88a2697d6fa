import type { Metadata } from "next";
import { TriageScreen } from "@/components/triage/triage-screen";

export const metadata: Metadata = { title: "Triage" };

// What regressed is read by the layout already, for the banner; the screen finds it in the cache.
export default function TriagePage() {
	return <TriageScreen />;
}
