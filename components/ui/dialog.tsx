"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef } from "react";

/** The buttons of a dialog: they stay in sight while what stands above them is scrolled. */
export const dialogFooter =
	"sticky -bottom-4 -mx-5 mt-5 -mb-4 flex justify-end gap-2 border-line border-t bg-page px-5 py-3";

interface DialogProps {
	isOpen: boolean;
	onOpenChange: (isOpen: boolean) => void;
	title: string;
	/** What the dialog is for, read out with its title. */
	description: ReactNode;
	/** Where the focus goes on closing instead of where it was, if there is such a place by then. */
	focusAfter?: () => HTMLElement | null;
	children: ReactNode;
}

/** A modal dialog; on a narrow screen it is a sheet at the bottom. Escape closes it. */
export function Dialog({ isOpen, onOpenChange, title, description, focusAfter, children }: DialogProps) {
	const opener = useRef<Element | null>(null);

	/** To the first field, where there is one: a person has come to fill it in, not to close the dialog. */
	function focusFirstField(event: Event) {
		opener.current = document.activeElement;
		event.preventDefault();
		const content = event.currentTarget;
		if (!(content instanceof HTMLElement)) return;
		const field = content.querySelector<HTMLElement>("textarea, select, input");
		// What stands above a field is to be read first.
		(field ?? content).focus({ preventScroll: true });
		// Behind what was begun before: a browser puts the caret ahead of it.
		if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
	}

	/** Back to where the person was; a button that is off by now cannot take the focus. */
	function returnFocus(event: Event) {
		event.preventDefault();
		const wanted = focusAfter?.() ?? null;
		if (wanted !== null) {
			wanted.focus();
			return;
		}
		const before = opener.current;
		const canTakeIt = before instanceof HTMLElement && before.isConnected && !before.matches(":disabled");
		(canTakeIt ? before : document.getElementById("content"))?.focus();
	}

	return (
		<Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
			<Primitive.Portal>
				<Primitive.Overlay className="fixed inset-0 z-40 bg-scrim" />
				<Primitive.Content
					onOpenAutoFocus={focusFirstField}
					onCloseAutoFocus={returnFocus}
					className="overflow-hidden outline-none fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col rounded-t-lg border border-line bg-page sm:inset-x-auto sm:top-[8vh] sm:bottom-auto sm:left-1/2 sm:max-h-[84vh] sm:w-[560px] sm:-translate-x-1/2 sm:rounded-lg"
				>
					<div className="flex items-start justify-between gap-4 border-line border-b px-5 py-3">
						<Primitive.Title className="min-w-0 font-medium text-base">{title}</Primitive.Title>
						<Primitive.Close
							aria-label="Close"
							className="-mr-2 rounded-md p-1 text-ink-muted hover:bg-hover hover:text-ink"
						>
							<X aria-hidden className="size-4" />
						</Primitive.Close>
					</div>
					{/* The containing block of what is only said aloud: measured from the dialog, it would have the title scrolled away. */}
					<div className="relative scroll-pb-20 overflow-y-auto px-5 py-4">
						<Primitive.Description asChild>
							<div className="text-ink-muted">{description}</div>
						</Primitive.Description>
						{children}
					</div>
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}
