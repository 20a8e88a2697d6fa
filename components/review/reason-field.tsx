import type { RefObject } from "react";
import { Field, TextArea } from "@/components/ui/field";
import { PlainText } from "@/components/ui/plain-text";
import { codePointLength, reasonMaxLength } from "@/lib/contract/characters";
import { formatNumber } from "@/lib/format";

interface ReasonFieldProps {
	box: RefObject<HTMLTextAreaElement | null>;
	isRequired: boolean;
	/** False where the API takes no reason with this decision. */
	isKept: boolean;
	error: string | null;
	value: string;
	onChange: (reason: string) => void;
	/** What this person gave as a reason before, newest first. */
	lastUsed: readonly string[];
}

/** Why a decision is taken, with the reasons given last one press away. */
export function ReasonField({ box, isRequired, isKept, error, value, onChange, lastUsed }: ReasonFieldProps) {
	const length = codePointLength(value);
	const where = isKept
		? "Kept with the decision and in the audit log."
		: "This API keeps no reason with an approval: it goes no further than this page.";
	return (
		<>
			<Field
				label={isRequired ? "Reason (required)" : "Reason (optional)"}
				error={error}
				hint={`${formatNumber(length)} of ${formatNumber(reasonMaxLength)} characters. ${where}`}
			>
				{(control) => (
					<TextArea
						{...control}
						ref={box}
						rows={3}
						required={isRequired}
						value={value}
						onChange={(event) => onChange(event.target.value)}
					/>
				)}
			</Field>
			{lastUsed.length > 0 ? (
				<fieldset className="mt-2 min-w-0">
					<legend className="text-ink-muted text-xs">Given last</legend>
					<div className="mt-1 flex min-w-0 flex-col items-start gap-1">
						{lastUsed.map((reason) => (
							<button
								key={reason}
								type="button"
								className="max-w-full truncate rounded-md border border-line px-2 py-1 text-left text-xs hover:bg-hover"
								onClick={() => onChange(reason)}
							>
								<PlainText text={reason} isOneLine />
							</button>
						))}
					</div>
				</fieldset>
			) : null}
		</>
	);
}
