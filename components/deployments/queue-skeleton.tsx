import { Skeleton } from "@/components/ui/skeleton";

const rowCount = 12;

export function QueueSkeletonRows() {
	return (
		<div role="status">
			<span className="sr-only">Loading deployments</span>
			{Array.from({ length: rowCount }, (_, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: identical bars that never move
				<div key={index} className="flex items-center gap-4 border-line border-t py-2.5">
					<Skeleton className="h-4 w-24" />
					<Skeleton className="h-4 flex-1" />
					<Skeleton className="h-4 w-16" />
				</div>
			))}
		</div>
	);
}

export function QueueSkeleton() {
	return (
		<div className="px-3 sm:px-5">
			<div className="py-3">
				<Skeleton className="h-6 w-72" />
			</div>
			<QueueSkeletonRows />
		</div>
	);
}
