"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { TextInput } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { nameFault, type SavedView, withNewName } from "@/lib/client/saved-views";
import { routes } from "@/lib/routes";

interface ManageViewsDialogProps {
	views: readonly SavedView[];
	onChange: (views: SavedView[]) => void;
	onClose: () => void;
	focusAfter: () => HTMLElement | null;
}

/** The kept views with what can be done with each: another name, its link, and to delete it. */
export function ManageViewsDialog({ views, onChange, onClose, focusAfter }: ManageViewsDialogProps) {
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			focusAfter={focusAfter}
			title="Your views"
			description={<p>Kept in this browser. A link to one works for everybody in your organization.</p>}
		>
			{views.length === 0 ? <p className="mt-3">No view is kept.</p> : null}
			<ul className="mt-3 grid gap-2">
				{views.map((view) => (
					<ViewLine
						key={view.name}
						view={view}
						isTaken={(name) => name !== view.name && views.some((one) => one.name === name)}
						onRename={(name) => onChange(withNewName(views, view.name, name))}
						onDelete={() => onChange(views.filter(({ name }) => name !== view.name))}
					/>
				))}
			</ul>
			<div className={dialogFooter}>
				<Button onClick={onClose}>Close</Button>
			</div>
		</Dialog>
	);
}

interface ViewLineProps {
	view: SavedView;
	isTaken: (name: string) => boolean;
	onRename: (name: string) => void;
	onDelete: () => void;
}

function ViewLine({ view, isTaken, onRename, onDelete }: ViewLineProps) {
	const [name, setName] = useState(view.name);
	const isChanged = name.trim() !== view.name;
	const fault = isChanged ? (nameFault(name) ?? (isTaken(name.trim()) ? "This name is taken." : null)) : null;
	return (
		<li>
			<form
				className="flex items-center gap-2"
				onSubmit={(event) => {
					event.preventDefault();
					if (isChanged && fault === null) onRename(name);
				}}
			>
				<TextInput
					aria-label={`Name of ${view.name}`}
					aria-invalid={fault !== null}
					className="min-w-0 flex-1"
					value={name}
					onChange={(event) => setName(event.target.value)}
				/>
				{isChanged ? (
					<Button type="submit" aria-disabled={fault !== null}>
						Rename
					</Button>
				) : null}
				<CopyButton
					text={() => new URL(`${routes.deployments()}${view.search}`, window.location.origin).href}
					label={`Copy link of ${view.name}`}
				/>
				<IconButton label={`Delete ${view.name}`} onClick={onDelete}>
					<Trash2 aria-hidden className="size-3.5" />
				</IconButton>
			</form>
			{fault === null ? null : (
				<p role="alert" className="mt-1 text-bad text-xs">
					{fault}
				</p>
			)}
		</li>
	);
}
