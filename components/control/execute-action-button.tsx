"use client";

import { useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { refusal } from "@/lib/rules/authority";
import type { ActionPlace } from "./action-place";
import { ExecuteActionDialog } from "./execute-action-dialog";

interface ExecuteActionButtonProps extends ActionPlace {
	/** What the button is called for who hears it among others of its kind. */
	about?: string;
}

/** Opens the dialog that asks for a control action, from wherever something went wrong; for owners. */
export function ExecuteActionButton({ about, ...place }: ExecuteActionButtonProps) {
	const why = refusal("execute_action", useViewer());
	const [isOpen, setIsOpen] = useState(false);
	return (
		<>
			<Button disabled={why !== null} title={why ?? undefined} onClick={() => setIsOpen(true)}>
				<span>
					Execute action
					{about === undefined ? null : <span className="sr-only"> on {about}</span>}
				</span>
			</Button>
			{/* By its place: what was typed for one trace is not offered for another. */}
			<ExecuteActionDialog
				key={`${place.projectId} ${place.traceId} ${place.deploymentId}`}
				{...place}
				isOpen={isOpen}
				onOpenChange={setIsOpen}
			/>
		</>
	);
}
