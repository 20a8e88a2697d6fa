"use client";

import { type FormEvent, useId, useState } from "react";
import { TextInput } from "@/components/ui/field";
import { uuidPattern } from "@/lib/contract/uuid";

/** Takes the id of a trace; what is no id is told and not asked for. */
export function TraceFilter({ onTrace }: { onTrace: (id: string) => void }) {
	const errorId = useId();
	const [text, setText] = useState("");
	const [isWrong, setIsWrong] = useState(false);

	function handleSubmit(event: FormEvent) {
		event.preventDefault();
		// Upper case is a way of writing an id, so it is lowered here rather than refused.
		const id = text.trim().toLowerCase();
		const isId = uuidPattern.test(id);
		setIsWrong(id !== "" && !isId);
		if (isId) onTrace(id);
	}

	return (
		<form onSubmit={handleSubmit} noValidate className="flex items-center gap-2">
			<TextInput
				aria-label="Trace id"
				aria-invalid={isWrong}
				aria-describedby={errorId}
				placeholder="Trace id ⏎"
				className="w-44 font-mono text-xs"
				spellCheck={false}
				value={text}
				onChange={(event) => {
					setText(event.target.value);
					setIsWrong(false);
				}}
			/>
			<span id={errorId} role="status" className="text-bad text-xs">
				{isWrong ? "This is not the id of a trace." : ""}
			</span>
		</form>
	);
}
