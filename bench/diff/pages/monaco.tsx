import { editor } from "monaco-editor/editor";
import "monaco-editor/features/diffEditor/register";
import { useLayoutEffect, useRef } from "react";
import { mount, type Texts } from "./mount";

declare global {
	interface Window {
		MonacoEnvironment?: { getWorker: () => Worker };
	}
}

window.MonacoEnvironment = {
	getWorker: () => new Worker("/workers/monaco.js", { type: "module" }),
};

/** The editor's core and its diff alone: no language and none of the other sixty features. */
function View({ current, proposed }: Texts) {
	const parent = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		if (parent.current === null) return;
		const view = editor.createDiffEditor(parent.current, {
			automaticLayout: true,
			diffWordWrap: "on",
			hideUnchangedRegions: { enabled: true },
			readOnly: true,
			renderSideBySide: true,
			scrollBeyondLastLine: false,
			wordWrap: "on",
		});
		view.setModel({
			original: editor.createModel(current, "plaintext"),
			modified: editor.createModel(proposed, "plaintext"),
		});
		return () => view.dispose();
	}, [current, proposed]);
	return <div ref={parent} style={{ height: "100vh" }} />;
}

void mount(View);
