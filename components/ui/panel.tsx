import { type ReactNode, useId } from "react";

/** A titled part of the right column, parted from its neighbours by a line. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
	const id = useId();
	return (
		<section aria-labelledby={id} className="border-line border-t py-4 first:border-t-0 first:pt-0">
			<h2 id={id} className="mb-2 font-medium text-base">
				{title}
			</h2>
			{children}
		</section>
	);
}
