import clsx from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
	info: { box: "border-line bg-surface text-ink", icon: Info },
	warn: { box: "border-warn-line bg-warn-soft text-warn", icon: TriangleAlert },
	bad: { box: "border-bad bg-bad-soft text-bad", icon: CircleAlert },
} as const;

interface NoticeProps {
	tone: keyof typeof tones;
	/** `alert` interrupts a screen reader, `status` waits; none for what stands there from the start. */
	role?: "alert" | "status";
	children: ReactNode;
	className?: string;
}

/** A sentence that has to be seen, marked by an icon as well as by colour. */
export function Notice({ tone, role, children, className }: NoticeProps) {
	const { box, icon: Icon } = tones[tone];
	return (
		<div role={role} className={clsx("flex gap-2 rounded-md border px-3 py-2", box, className)}>
			<Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
			<div className="min-w-0 flex-1">{children}</div>
		</div>
	);
}
