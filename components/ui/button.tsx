import clsx from "clsx";
import type { ComponentProps } from "react";

type Variant = "primary" | "danger" | "plain" | "quiet";

const variants: Record<Variant, string> = {
	primary: "border-accent bg-accent text-accent-ink hover:brightness-110",
	danger: "border-bad bg-bad text-bad-ink hover:brightness-110",
	plain: "border-line-strong bg-page text-ink hover:bg-hover",
	quiet: "border-transparent bg-transparent text-ink hover:bg-hover",
};

function buttonClass(variant: Variant, className?: string): string {
	return clsx(
		"inline-flex h-8 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border px-2 sm:px-3",
		"font-medium text-sm disabled:border-line disabled:bg-surface disabled:text-ink-muted disabled:hover:brightness-100",
		"aria-busy:cursor-progress aria-busy:opacity-60",
		"aria-disabled:border-line aria-disabled:bg-surface aria-disabled:text-ink-muted aria-disabled:hover:brightness-100",
		variants[variant],
		className,
	);
}

/** A button that does not submit a form unless it says so. */
export function Button({
	variant = "plain",
	className,
	type = "button",
	...rest
}: ComponentProps<"button"> & { variant?: Variant }) {
	return <button type={type} className={buttonClass(variant, className)} {...rest} />;
}
