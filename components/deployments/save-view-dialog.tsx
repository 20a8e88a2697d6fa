"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { Field, TextInput } from "@/components/ui/field";
import { nameFault, type SavedView, savedViewsMax, withView } from "@/lib/client/saved-views";

interface SaveViewDialogProps {
	views: readonly SavedView[];
	currentSearch: string;
	onChange: (views: SavedView[]) => void;
	onClose: () => void;
	focusAfter: () => HTMLElement | null;
}

/** Asks what the view on screen is to be called; a name that is taken is said before it is replaced. */
export function SaveViewDialog({ views, currentSearch, onChange, onClose, focusAfter }: SaveViewDialogProps) {
	const [name, setName] = useState("");
	const [isChecked, setIsChecked] = useState(false);
	const isTaken = views.some((view) => view.name === name.trim());
	const isFull = !isTaken && views.length >= savedViewsMax;
	const fault =
		nameFault(name) ?? (isFull ? `At most ${savedViewsMax} views are kept. Delete one first.` : null);

	function save() {
		setIsChecked(true);
		if (fault !== null) return;
		onChange(withView(views, { name, search: currentSearch }));
		onClose();
	}

	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			focusAfter={focusAfter}
			title="Save this view"
			description={<p>The filters and the order of the list, kept in this browser for you.</p>}
		>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					save();
				}}
			>
				<Field
					label="Name"
					error={isChecked ? fault : null}
					hint={isTaken ? "There is a view of this name; it will be replaced." : undefined}
				>
					{(control) => (
						<TextInput {...control} value={name} onChange={(event) => setName(event.target.value)} />
					)}
				</Field>
				<div className={dialogFooter}>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="primary" type="submit">
						{isTaken ? "Replace" : "Save"}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
