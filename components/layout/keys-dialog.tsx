import { useId } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Dialog } from "@/components/ui/dialog";
import { setSingleKeys, useSingleKeysSetting } from "@/components/ui/single-keys-setting";
import { isAllowed } from "@/lib/rules/authority";

type Key = readonly [key: string, what: string, whose?: "owners"];

/** Every key that does something, and where; two with a space between are pressed one after the other. */
const keys: readonly { where: string; list: readonly Key[] }[] = [
	{
		where: "On every page",
		list: [
			["?", "Show this list"],
			["⌘K or Ctrl+K", "Find a page, a project or a deployment"],
			["g d", "Go to Deployments"],
			["g t", "Go to Triage"],
			["g a", "Go to Actions"],
			["g u", "Go to Audit"],
		],
	},
	{
		where: "On the queue",
		list: [
			["j", "Next row"],
			["k", "Previous row"],
			["Enter", "Open the row"],
			["x", "Select the row, or select it no longer", "owners"],
			["/", "Search"],
			["Escape", "Leave the search, or select nothing"],
		],
	},
	{
		where: "On a review page",
		list: [
			["n", "Next change"],
			["p", "Previous change"],
			["a", "Approve & ship", "owners"],
			["r", "Reject", "owners"],
			["e", "Execute action", "owners"],
			["j", "Next deployment that waits for a decision"],
			["k", "Previous deployment that waits for a decision"],
			["u", "Back to the queue"],
		],
	},
	{
		where: "On the triage page",
		list: [
			["j", "Next regressed deployment"],
			["k", "Previous regressed deployment"],
			["b", "Roll back", "owners"],
			["e", "Execute action", "owners"],
		],
	},
];

/** The list of keys, with the switch that turns single keys off. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
	const isOn = useSingleKeysSetting();
	const isOwner = isAllowed("approve", useViewer());
	const id = useId();
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			title="Keyboard shortcuts"
			description={
				<p>
					Single keys do nothing while you type or while a dialog is open. A dialog opened by a key decides
					nothing.
				</p>
			}
		>
			<div className="mt-3 flex items-center gap-2">
				<input
					id={id}
					type="checkbox"
					className="size-4"
					checked={isOn}
					onChange={(event) => setSingleKeys(event.target.checked)}
				/>
				<label htmlFor={id}>Single keys act on the page</label>
			</div>
			{keys.map(({ where, list }) => (
				<section key={where} aria-label={where} className="mt-4">
					<h3 className="font-medium">{where}</h3>
					<dl className="mt-1 grid grid-cols-[8rem_minmax(0,1fr)] gap-y-1">
						{list
							.filter(([, , whose]) => whose !== "owners" || isOwner)
							.map(([key, what]) => (
								<div key={key} className="contents">
									<dt className="flex items-center gap-1">
										{key.split(" ").map((part) =>
											part === "or" ? (
												<span key={part}>or</span>
											) : (
												<kbd
													key={part}
													className="rounded border border-line-strong bg-surface px-1.5 font-mono text-xs"
												>
													{part}
												</kbd>
											),
										)}
									</dt>
									<dd>{what}</dd>
								</div>
							))}
					</dl>
				</section>
			))}
		</Dialog>
	);
}
