"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { setKillSwitch } from "@/lib/actions/control";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import { browserApi, renewSession } from "@/lib/client/browser-client";
import { controlKeys, killSwitchQuery } from "@/lib/client/queries/control";
import { refusal } from "@/lib/rules/authority";

/** The state of the kill switch and, for owners, the button that turns it. */
export function KillSwitchControl() {
	const viewer = useViewer();
	const queryClient = useQueryClient();
	const { data } = useQuery(killSwitchQuery(browserApi));
	const [isOpen, setIsOpen] = useState(false);
	const why = refusal("use_kill_switch", viewer);
	const mutation = useMutation({
		mutationFn: async (active: boolean) => {
			await renewSession();
			return setKillSwitch({ active }).catch(describeLostAnswer);
		},
		onSuccess: async (result) => {
			await queryClient.invalidateQueries({ queryKey: controlKeys.killSwitch });
			if (result.ok) setIsOpen(false);
		},
	});
	if (data === undefined) return null;
	const next = !data.active;
	const verb = next ? "Turn the kill switch on" : "Turn the kill switch off";
	return (
		<div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
			<p className="text-ink-muted" id="kill-switch-state">
				Kill switch: <span className="font-medium text-ink">{data.active ? "on" : "off"}</span>
				{why === null ? null : <span>. {why}</span>}
			</p>
			<Button
				disabled={why !== null}
				aria-describedby="kill-switch-state"
				onClick={() => {
					mutation.reset();
					setIsOpen(true);
				}}
			>
				{verb}
			</Button>
			<Dialog
				isOpen={isOpen}
				onOpenChange={setIsOpen}
				title={verb}
				description={
					<p>
						{next
							? "From now on the API refuses every control action of this organization. Deployments are not touched."
							: "The API executes control actions of this organization again. Refused ones are not made up for."}
					</p>
				}
			>
				{mutation.data && !mutation.data.ok ? (
					<Notice tone="bad" role="alert" className="mt-4">
						{mutation.data.error.message}
					</Notice>
				) : null}
				<div className={dialogFooter}>
					<Button onClick={() => setIsOpen(false)}>Cancel</Button>
					<Button
						variant={next ? "danger" : "primary"}
						disabled={mutation.isPending}
						onClick={() => mutation.mutate(next)}
					>
						{verb}
					</Button>
				</div>
			</Dialog>
		</div>
	);
}
