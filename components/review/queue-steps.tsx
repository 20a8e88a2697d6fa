"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useSingleKeys } from "@/components/ui/use-single-keys";
import { lastQueue } from "@/lib/client/kept-text";
import { routes } from "@/lib/routes";
import { expectArrival } from "./arrival";
import { useQueuePlace } from "./use-queue-place";

/** Back to the queue, and from one deployment that waits to the next, by link and by key (u, j, k). */
export function QueueSteps({ id }: { id: string }) {
	const router = useRouter();
	const place = useQueuePlace(id);
	const go = (to: string | null | undefined) => {
		if (!to) return;
		expectArrival();
		router.push(routes.deployment(to));
	};
	// The queue itself goes back to where it was scrolled.
	const goBack = () => router.push(`${routes.deployments()}${lastQueue.read()}`, { scroll: false });
	useSingleKeys({
		j: () => go(place?.nextId),
		k: () => go(place?.previousId),
		u: goBack,
	});
	return (
		<span className="inline-flex items-center gap-2" data-no-print>
			<Link
				href={routes.deployments()}
				className="inline-flex items-center gap-1 hover:text-ink"
				onClick={(event) => {
					if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
					event.preventDefault();
					goBack();
				}}
			>
				<ChevronLeft aria-hidden className="size-4" />
				Deployments
			</Link>
			{/* Room for it from the start: what comes with the queue may not push the rest aside. */}
			<span className="inline-flex min-h-6 min-w-28 items-center gap-1 tabular-nums">
				{place === undefined ? null : (
					<>
						<Step to={place.previousId} label="Previous in the queue (k)" icon={ChevronLeft} />
						<span>
							{place.position === null ? `${place.total} waiting` : `${place.position} of ${place.total}`}
						</span>
						<Step to={place.nextId} label="Next in the queue (j)" icon={ChevronRight} />
					</>
				)}
			</span>
		</span>
	);
}

interface StepProps {
	to: string | null;
	label: string;
	icon: typeof ChevronLeft;
}

function Step({ to, label, icon: Icon }: StepProps) {
	const className = "inline-flex size-6 items-center justify-center rounded-md";
	if (to === null) {
		return (
			<span aria-hidden className={`${className} text-line-strong`}>
				<Icon className="size-4" />
			</span>
		);
	}
	return (
		<Link
			href={routes.deployment(to)}
			prefetch={false}
			onClick={expectArrival}
			aria-label={label}
			title={label}
			className={`${className} hover:bg-hover hover:text-ink`}
		>
			<Icon aria-hidden className="size-4" />
		</Link>
	);
}
