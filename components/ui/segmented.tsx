"use client";

import { ToggleGroup } from "radix-ui";

interface SegmentedProps<Value extends string> {
	label: string;
	value: Value;
	options: readonly { value: Value; label: string }[];
	onChange: (value: Value) => void;
}

/** A few choices side by side, one of them in force. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
	return (
		<ToggleGroup.Root
			type="single"
			aria-label={label}
			value={value}
			onValueChange={(next) => {
				const option = options.find((candidate) => candidate.value === next);
				if (option) onChange(option.value);
			}}
			className="inline-flex max-w-full overflow-x-auto rounded-md border border-line-strong p-px"
		>
			{options.map((option) => (
				<ToggleGroup.Item
					key={option.value}
					value={option.value}
					className="h-6 shrink-0 whitespace-nowrap rounded px-2 text-ink-muted text-xs hover:text-ink data-[state=on]:bg-hover data-[state=on]:font-medium data-[state=on]:text-ink"
				>
					{option.label}
				</ToggleGroup.Item>
			))}
		</ToggleGroup.Root>
	);
}
