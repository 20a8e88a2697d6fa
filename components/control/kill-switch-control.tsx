"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useExtension, useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { setKillSwitch } from "@/lib/actions/control";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import { browserApi, renewSession } from "@/lib/client/browser-client";
import { controlKeys, killSwitchQuery } from "@/lib/client/queries/control";
import { refusal } from "@/lib/rules/authority";
import { KillSwitchDialog } from "./kill-switch-dialog";
import { KillSwitchRecord } from "./kill-switch-record";

/** The state of the kill switch, who turned it there and why, and, for owners, the button that turns it. */
export function KillSwitchControl() {
	const viewer = useViewer();
	const queryClient = useQueryClient();
	const isReasonKept = useExtension("kill-switch-record");
	const { data, isError } = useQuery(killSwitchQuery(browserApi));
	// What the dialog was opened for stays what it is about, whatever polling brings.
	const [opened, setOpened] = useState<{ active: boolean } | null>(null);
	// Kept here, so that closing the dialog, or a failure, loses nothing typed.
	const [reason, setReason] = useState("");
	const isUnderWay = useRef(false);
	const why = refusal("use_kill_switch", viewer);
	const mutation = useMutation({
		mutationFn: async (active: boolean) => {
			await renewSession();
			return setKillSwitch({ active, reason }).catch(describeLostAnswer);
		},
		onSuccess: async (result, active) => {
			await queryClient.invalidateQueries({ queryKey: controlKeys.killSwitch });
			if (!result.ok || result.data.active !== active) return;
			setOpened(null);
			setReason("");
		},
		onSettled: () => {
			isUnderWay.current = false;
		},
	});
	if (data === undefined) return null;
	return (
		<div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
			<div className="text-ink-muted" id="kill-switch-state">
				<p>
					Kill switch: <span className="font-medium text-ink">{data.active ? "on" : "off"}</span>
					{why === null ? null : <span>. {why}</span>}
				</p>
				<KillSwitchRecord killSwitch={data} />
			</div>
			<Button
				disabled={why !== null}
				aria-describedby="kill-switch-state"
				onClick={() => {
					mutation.reset();
					setOpened({ active: !data.active });
				}}
			>
				{data.active ? "Turn the kill switch off" : "Turn the kill switch on"}
			</Button>
			{opened === null ? null : (
				<KillSwitchDialog
					active={opened.active}
					isNow={isError ? null : data.active}
					reason={reason}
					onReasonChange={setReason}
					isReasonKept={isReasonKept}
					result={mutation.data ?? null}
					isSending={mutation.isPending}
					onConfirm={() => {
						if (isUnderWay.current) return;
						isUnderWay.current = true;
						mutation.mutate(opened.active);
					}}
					onClose={() => setOpened(null)}
				/>
			)}
		</div>
	);
}
