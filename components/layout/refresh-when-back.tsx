"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { refreshOnAnswer } from "@/lib/client/refresh-on-answer";

/**
 * A page that was drawn while the API could not be asked what it adds offers only what the contract has. As soon
 * as the API answers again, the page is drawn anew, and everything is back without a reload.
 */
export function RefreshWhenBack() {
	const router = useRouter();
	const queryClient = useQueryClient();
	useEffect(() => refreshOnAnswer(queryClient, () => router.refresh()), [queryClient, router]);
	return null;
}
