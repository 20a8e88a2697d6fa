import { Skeleton } from "@/components/ui/skeleton";

const widths = ["w-3/4", "w-2/3", "w-5/6", "w-1/2", "w-3/5", "w-4/5"];

/** What stands where a list will be, with its heading. */
export function ListSkeleton() {
	return (
		<div role="status" className="px-3 sm:px-5">
			<span className="sr-only">Loading</span>
			<Skeleton className="my-5 h-6 w-48" />
			{widths.map((width) => (
				<div key={width} className="border-line border-t py-2.5">
					<Skeleton className={`h-4 ${width}`} />
				</div>
			))}
		</div>
	);
}
