"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Menu } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entries";
import { PlainText } from "@/components/ui/plain-text";
import { useWhenWanted } from "@/components/ui/use-when-wanted";
import { parseSavedViews, readSavedViews, watchSavedViews, writeSavedViews } from "@/lib/client/saved-views";
import { routes } from "@/lib/routes";

interface SavedViewsProps {
	userId: string;
	/** How the queue is narrowed now: `?…`, or empty. */
	currentSearch: string;
}

const saidForMs = 4_000;

const loadDialogs = async () => {
	const [{ SaveViewDialog }, { ManageViewsDialog }] = await Promise.all([
		import("./save-view-dialog"),
		import("./manage-views-dialog"),
	]);
	return { SaveViewDialog, ManageViewsDialog };
};

/** The views that a person has named and keeps in this browser, and the link of the one on screen. */
export function SavedViews({ userId, currentSearch }: SavedViewsProps) {
	const router = useRouter();
	const stored = useSyncExternalStore(
		watchSavedViews,
		() => readSavedViews(userId),
		() => null,
	);
	const views = useMemo(() => parseSavedViews(stored), [stored]);
	const [open, setOpen] = useState<"save" | "manage" | null>(null);
	const close = () => setOpen(null);
	const dialogs = useWhenWanted(open !== null, loadDialogs, { onGiveUp: close });
	const [said, setSaid] = useState("");
	const trigger = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (said === "") return;
		const timer = setTimeout(() => setSaid(""), saidForMs);
		return () => clearTimeout(timer);
	}, [said]);

	function keep(next: typeof views) {
		setSaid(writeSavedViews(userId, next) ? "Kept in this browser" : "This browser keeps nothing");
	}
	function copyLink() {
		const link = new URL(`${routes.deployments()}${currentSearch}`, window.location.origin);
		navigator.clipboard.writeText(link.href).then(
			() => setSaid("Link copied"),
			() => setSaid("It could not be copied"),
		);
	}
	const entries: MenuEntry[] = [
		{ kind: "label", text: views.length === 0 ? "No view is kept yet" : "Kept in this browser" },
		...views.map(
			({ name, search }): MenuEntry => ({
				kind: "item",
				key: `view ${name}`,
				content: (
					<span className="max-w-72 truncate">
						<PlainText text={name} isOneLine />
					</span>
				),
				onSelect: () => router.push(`${routes.deployments()}${search}`),
			}),
		),
		{ kind: "separator" },
		{ kind: "item", key: "save", content: "Save this view…", onSelect: () => setOpen("save") },
	];
	if (views.length > 0) {
		const manage = () => setOpen("manage");
		entries.push({ kind: "item", key: "manage", content: "Rename or delete…", onSelect: manage });
	}
	entries.push({ kind: "item", key: "link", content: "Copy link", onSelect: copyLink });
	const dialog = {
		views,
		onChange: keep,
		onClose: close,
		focusAfter: () => trigger.current,
	};
	return (
		<>
			<span role="status" className="text-ink-muted text-xs">
				{said}
			</span>
			<Menu
				entries={entries}
				onOpen={() => void loadDialogs().catch(() => undefined)}
				trigger={
					<button
						ref={trigger}
						type="button"
						className="flex h-8 items-center gap-1 rounded-md px-2 text-ink-muted hover:bg-hover hover:text-ink"
					>
						Views
						<ChevronDown aria-hidden className="size-3.5" />
					</button>
				}
			/>
			{dialogs !== null && open === "save" ? (
				<dialogs.SaveViewDialog {...dialog} currentSearch={currentSearch} />
			) : null}
			{dialogs !== null && open === "manage" ? <dialogs.ManageViewsDialog {...dialog} /> : null}
		</>
	);
}
