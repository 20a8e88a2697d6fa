import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

const controlClass =
	"w-full rounded-md border border-line-strong bg-page px-2.5 py-1.5 text-sm text-ink placeholder:text-ink-muted aria-invalid:border-bad";

interface FieldProps {
	label: string;
	/** Shown under the control and read with it. */
	hint?: ReactNode;
	/** Why the value is refused; announced when it appears. */
	error?: string | null | undefined;
	children: (control: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

/** A label, a control, and what there is to say about it, tied together for a screen reader. */
export function Field({ label, hint, error, children }: FieldProps) {
	const id = useId();
	const describedBy = `${id}-about`;
	return (
		<div className="mt-4">
			<label htmlFor={id} className="mb-1 block font-medium">
				{label}
			</label>
			{children({ id, "aria-describedby": describedBy, "aria-invalid": Boolean(error) })}
			<div id={describedBy} className="mt-1 text-ink-muted text-xs">
				{error ? (
					<p role="alert" className="text-bad">
						{error}
					</p>
				) : null}
				{hint}
			</div>
		</div>
	);
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
	return <textarea className={clsx(controlClass, "block resize-y", className)} {...rest} />;
}

export function TextInput({ className, ...rest }: ComponentProps<"input">) {
	return <input className={clsx(controlClass, "h-8", className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
	return <select className={clsx(controlClass, "h-8 py-0", className)} {...rest} />;
}
