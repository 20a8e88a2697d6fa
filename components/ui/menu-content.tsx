"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import type { MenuEntry } from "./menu-entries";

const itemClass =
	"flex cursor-default select-none items-center gap-2 rounded px-2 py-1.5 outline-none data-[highlighted]:bg-hover";

interface MenuContentProps {
	trigger: ReactNode;
	entries: readonly MenuEntry[];
	onOpen: (() => void) | undefined;
}

/** The menu itself, which is open when it comes: it is loaded because somebody has pressed its button. */
export function MenuContent({ trigger, entries, onOpen }: MenuContentProps) {
	return (
		<Primitive.Root modal={false} defaultOpen onOpenChange={(isOpen) => isOpen && onOpen?.()}>
			<Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
			<Primitive.Portal>
				<Primitive.Content
					align="end"
					sideOffset={6}
					className="z-50 min-w-52 rounded-lg border border-line bg-page p-1 text-sm shadow-sm"
				>
					{entries.map((entry, index) => (
						<Entry key={"key" in entry ? entry.key : `${entry.kind} ${index}`} entry={entry} />
					))}
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}

function Entry({ entry }: { entry: MenuEntry }) {
	switch (entry.kind) {
		case "label":
			return <Primitive.Label className="px-2 py-1.5 text-ink-muted text-xs">{entry.text}</Primitive.Label>;
		case "text":
			return <div className="px-2 py-1.5">{entry.content}</div>;
		case "separator":
			return <Primitive.Separator className="my-1 h-px bg-line" />;
		case "item":
			return (
				<Primitive.Item className={itemClass} onSelect={entry.onSelect}>
					{entry.content}
				</Primitive.Item>
			);
		case "choice":
			return (
				<Primitive.RadioGroup aria-label={entry.label} value={entry.value} onValueChange={entry.onChange}>
					{entry.options.map((option) => (
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
}
