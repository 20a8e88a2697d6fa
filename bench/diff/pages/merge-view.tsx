import { MergeView } from "@codemirror/merge";
import type { Extension } from "@codemirror/state";
import { useLayoutEffect, useRef } from "react";
import type {} from "../clock";
import type { Texts } from "./mount";

type MergeConfig = ConstructorParameters<typeof MergeView>[0];

/** Lines of the left side that the view says are changed. */
function markedLines({ chunks, a }: MergeView): number {
	const { doc } = a.state;
	return chunks.reduce((sum, { fromA, toA, endA }) => {
		if (fromA === toA) return sum;
		return sum + doc.lineAt(Math.min(endA, doc.length)).number - doc.lineAt(fromA).number + 1;
	}, 0);
}

interface MergedProps extends Texts {
	extensions?: Extension;
	config?: Pick<MergeConfig, "collapseUnchanged" | "diffConfig">;
}

const nothing = {};

/** The pair in CodeMirror's merge view. Hand in the same objects each time: new ones begin a new view. */
export function Merged({ current, proposed, extensions, config = nothing }: MergedProps) {
	const parent = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		if (parent.current === null) return;
		const view = new MergeView({
			...config,
			a: { doc: current, ...(extensions === undefined ? {} : { extensions }) },
			b: { doc: proposed, ...(extensions === undefined ? {} : { extensions }) },
			parent: parent.current,
		});
		// Without a height of its own nothing scrolls, says its manual.
		view.dom.style.height = "100vh";
		view.dom.style.overflow = "auto";
		window.benchMarkedLines = markedLines(view);
		return () => view.destroy();
	}, [current, proposed, extensions, config]);
	return <div ref={parent} />;
}
