"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";

const itemClass =
	"flex cursor-default select-none items-center gap-2 rounded px-2 py-1.5 outline-none data-[highlighted]:bg-hover";

interface MenuProps {
	/** The button itself. */
	trigger: ReactNode;
	onOpen?: () => void;
	children: ReactNode;
}

/** A menu under a button. */
export function Menu({ trigger, onOpen, children }: MenuProps) {
	return (
		<Primitive.Root modal={false} onOpenChange={(isOpen) => isOpen && onOpen?.()}>
			<Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
			<Primitive.Portal>
				<Primitive.Content
					align="end"
					sideOffset={6}
					className="z-50 min-w-52 rounded-lg border border-line bg-page p-1 text-sm shadow-sm"
				>
					{children}
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}

export function MenuLabel({ children }: { children: ReactNode }) {
	return <Primitive.Label className="px-2 py-1.5 text-ink-muted text-xs">{children}</Primitive.Label>;
}

export function MenuSeparator() {
	return <Primitive.Separator className="my-1 h-px bg-line" />;
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
	return (
		<Primitive.Item className={itemClass} onSelect={onSelect}>
			{children}
		</Primitive.Item>
	);
}

interface MenuChoiceProps<Value extends string> {
	label: string;
	value: Value;
	options: readonly { value: Value; label: string }[];
	onChange: (value: Value) => void;
}

/** One of several, with a tick at the chosen one. */
export function MenuChoice<Value extends string>({
	label,
	value,
	options,
	onChange,
}: MenuChoiceProps<Value>) {
	return (
		<Primitive.RadioGroup
			aria-label={label}
			value={value}
			onValueChange={(next) => {
				const option = options.find((candidate) => candidate.value === next);
				if (option) onChange(option.value);
			}}
		>
			{options.map((option) => (
				<Primitive.RadioItem key={option.value} value={option.value} className={itemClass}>
					<span className="grid size-4 place-items-center">
						<Primitive.ItemIndicator>
							<Check aria-hidden className="size-3.5" />
						</Primitive.ItemIndicator>
					</span>
					{option.label}
				</Primitive.RadioItem>
			))}
		</Primitive.RadioGroup>
	);
}
