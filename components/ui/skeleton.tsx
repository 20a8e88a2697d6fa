import clsx from "clsx";

/** A grey bar where text will stand; invisible to a screen reader, whose region says that it loads. */
export function Skeleton({ className }: { className?: string }) {
	return <div aria-hidden className={clsx("rounded bg-hover motion-safe:animate-pulse", className)} />;
}
