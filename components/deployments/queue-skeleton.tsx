import { Skeleton } from "@/components/ui/skeleton";

const widths = ["w-3/4", "w-2/3", "w-5/6", "w-1/2", "w-3/5", "w-4/5", "w-2/5", "w-7/12", "w-9/12"];

export function QueueSkeletonRows() {
	return (
		<div role="status">
			<span className="sr-only">Loading deployments</span>
			{widths.map((width) => (
				<div key={width} className="flex items-center gap-4 border-line border-t py-2.5">
					<Skeleton className="h-4 w-24" />
					<div className="flex-1">
						<Skeleton className={`h-4 ${width}`} />
					</div>
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
