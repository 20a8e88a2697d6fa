"use client";

import { Field, TextArea, TextInput } from "@/components/ui/field";
import { JsonBlock } from "@/components/ui/json-value";
import { Notice } from "@/components/ui/notice";
import { type PayloadField, payloadFields } from "@/lib/rules/control-request/fields";
import { type ActionDraft, formNow, type ReadDraft, withValue } from "./draft";

interface PayloadFieldsProps {
	draft: ActionDraft;
	/** Null while nothing is to be said of what is wrong. */
	read: ReadDraft | null;
	onChange: (draft: ActionDraft) => void;
}

/** The payload as a form of its type, or as JSON; what a form has no field for is shown beside it. */
export function PayloadFields({ draft, read, onChange }: PayloadFieldsProps) {
	if (draft.mode === "json") {
		return (
			<>
				<Field label="Payload" hint="Optional: a JSON object, sent as it is." error={read?.error}>
					{(control) => (
						<TextArea
							{...control}
							rows={8}
							className="font-mono text-xs"
							spellCheck={false}
							value={draft.jsonText}
							onChange={(event) => onChange({ ...draft, jsonText: event.target.value, objection: null })}
						/>
					)}
				</Field>
				{draft.objection === null ? null : (
					<Notice tone="warn" role="alert" className="mt-2">
						{draft.objection} It stays JSON until then.
					</Notice>
				)}
			</>
		);
	}
	const { values, rest } = formNow(draft);
	return (
		<>
			<div className="grid grid-cols-6 gap-x-3">
				{payloadFields[draft.type].map((field) => (
					<div key={`${draft.type} ${field.name}`} className={widthOf(field)}>
						<Field
							label={field.isRequired ? `${field.label} (required)` : field.label}
							hint={field.hint}
							error={read?.errors[field.name]}
						>
							{(control) => (
								<Control
									field={field}
									control={control}
									value={values[field.name] ?? ""}
									onChange={(text) => onChange(withValue(draft, field.name, text))}
								/>
							)}
						</Field>
					</div>
				))}
			</div>
			{read?.error ? (
				<Notice tone="bad" role="alert" className="mt-2">
					{read.error}
				</Notice>
			) : null}
			{Object.keys(rest).length > 0 ? (
				<div className="mt-4">
					<p className="mb-1">Sent as well, from the JSON; the form has no field for it:</p>
					<JsonBlock value={rest} />
				</div>
			) : null}
		</>
	);
}

interface ControlProps {
	field: PayloadField;
	control: { id: string; "aria-describedby": string; "aria-invalid": boolean };
	value: string;
	onChange: (text: string) => void;
}

function Control({ field, control, value, onChange }: ControlProps) {
	if (field.kind === "prompt" || field.kind === "object") {
		return (
			<TextArea
				{...control}
				rows={field.name === "system_prompt" ? 10 : 4}
				className="font-mono text-xs"
				spellCheck={field.kind === "prompt"}
				value={value}
				onChange={(event) => onChange(event.target.value)}
			/>
		);
	}
	return (
		<TextInput
			{...control}
			inputMode={field.kind === "line" ? undefined : "decimal"}
			autoComplete="off"
			spellCheck={false}
			value={value}
			onChange={(event) => onChange(event.target.value)}
		/>
	);
}

/** Figures stand side by side, texts have a line of their own. */
function widthOf({ kind }: PayloadField): string {
	return kind === "integer" || kind === "number" ? "col-span-6 sm:col-span-2" : "col-span-6";
}
