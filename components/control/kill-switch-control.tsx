"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useExtension, useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useFailure } from "@/components/ui/use-failure";
import { answerInTime } from "@/lib/actions/answer-in-time";
import { setKillSwitch } from "@/lib/actions/control";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import { browserApi, renewSession } from "@/lib/client/browser-client";
import { drafts } from "@/lib/client/kept-text";
import { controlKeys, killSwitchQuery } from "@/lib/client/queries/control";
import { refusal } from "@/lib/rules/authority";
import { KillSwitchDialog } from "./kill-switch-dialog";
import { KillSwitchRecord } from "./kill-switch-record";
import { wasTurnedBefore } from "./turned-before";

type Way = "on" | "off";
const draftOf = (way: Way) => `kill switch ${way}`;

/** The state of the kill switch, who turned it there and why, and, for owners, the button that turns it. */
export function KillSwitchControl() {
	const viewer = useViewer();
	const queryClient = useQueryClient();
	const isReasonKept = useExtension("kill-switch-record");
	const query = useQuery(killSwitchQuery(browserApi));
	const { data, isError } = query;
	const failure = useFailure(query);
	// What the dialog was opened for stays what it is about, whatever polling brings.
	const [opened, setOpened] = useState<{ active: boolean } | null>(null);
	// Of either way, and here: neither closing the dialog nor a failure loses what was typed, nor offers it for the other.
	const [reasons, setReasons] = useState(() => ({
		on: drafts.read(draftOf("on")),
		off: drafts.read(draftOf("off")),
	}));
	const isUnderWay = useRef(false);
	const why = refusal("use_kill_switch", viewer);
	const mutation = useMutation({
		mutationFn: async (sent: { active: boolean; reason: string }) => {
			await renewSession();
			const result = await answerInTime(setKillSwitch(sent)).catch(describeLostAnswer);
			const isLate = result.ok && wasTurnedBefore(result.data, { by: viewer.userId, reason: sent.reason });
			return { result, isLate };
		},
		onSuccess: async ({ result, isLate }, { active }) => {
			await queryClient.invalidateQueries({ queryKey: controlKeys.killSwitch });
			if (!result.ok || result.data.active !== active || isLate) return;
			setOpened(null);
			handleReason(active ? "on" : "off", "");
		},
		onSettled: () => {
			isUnderWay.current = false;
		},
	});

	function handleReason(way: Way, text: string) {
		setReasons((before) => ({ ...before, [way]: text }));
		drafts.write(draftOf(way), text);
	}

	if (data === undefined) {
		if (failure === null) return null;
		return (
			<Notice tone="warn" role="status">
				<p>
					Kill switch: <span className="font-medium">not known.</span> Its state could not be read.{" "}
					{failure.message} This page keeps trying.
				</p>
			</Notice>
		);
	}
	const way: Way = opened?.active ? "on" : "off";
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
					reason={reasons[way]}
					onReasonChange={(text) => handleReason(way, text)}
					isReasonKept={isReasonKept}
					result={mutation.data?.result ?? null}
					isLate={mutation.data?.isLate === true}
					isSending={mutation.isPending}
					onConfirm={() => {
						if (isUnderWay.current) return;
						isUnderWay.current = true;
						mutation.mutate({ active: opened.active, reason: reasons[way] });
					}}
					onClose={() => setOpened(null)}
				/>
			)}
		</div>
	);
}
