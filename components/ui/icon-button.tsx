import type { ReactNode } from "react";

interface IconButtonProps {
	/** What it does, in words; shown on hover as well. */
	label: string;
	onClick: () => void;
	children: ReactNode;
}

/** A small square button whose icon says what its label does. */
export function IconButton({ label, onClick, children }: IconButtonProps) {
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			onClick={onClick}
			className="grid size-6 place-items-center rounded-md border border-line-strong text-ink-muted hover:bg-hover hover:text-ink"
		>
			{children}
		</button>
	);
}
