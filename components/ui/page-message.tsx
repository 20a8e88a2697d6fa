import type { ReactNode } from "react";

/** A page or a panel that has only something to say: empty, missing, failed. */
export function PageMessage({ title, children }: { title: string; children?: ReactNode }) {
	return (
		<div className="mx-auto max-w-[60ch] px-4 py-20 text-center">
			<h2 className="font-medium text-base">{title}</h2>
			<div className="mt-2 text-ink-muted">{children}</div>
		</div>
	);
}
