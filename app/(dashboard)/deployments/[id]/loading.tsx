import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
	return (
		<div role="status" className="px-3 py-4 sm:px-5">
			<span className="sr-only">Loading the deployment</span>
			<Skeleton className="h-4 w-64" />
			<Skeleton className="mt-3 h-7 w-2/3" />
			<div className="mt-6 grid gap-6 lg:grid-cols-[minmax(0,1fr)_400px]">
				<Skeleton className="h-[60vh]" />
				<Skeleton className="h-64" />
			</div>
		</div>
	);
}
