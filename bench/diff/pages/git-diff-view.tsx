import { generateDiffFile } from "@git-diff-view/file";
import { type DiffFile, DiffModeEnum, DiffView } from "@git-diff-view/react";
import { useMemo } from "react";
import "@git-diff-view/react/styles/diff-view-pure.css";
import { mount, type Texts } from "./mount";

/**
 * The comparison for the viewer. Each of the two packages carries its own copy of the class's type, and the
 * copies differ where the versions do; at run time both take the class from `@git-diff-view/core`.
 */
function compare(current: string, proposed: string): DiffFile {
	const file = generateDiffFile("prompt.txt", current, "prompt.txt", proposed, "plaintext", "plaintext");
	file.initTheme("light");
	// Without `initSyntax`: its manual lets one skip that where nothing is to be coloured.
	file.initRaw();
	file.buildSplitDiffLines();
	return file as unknown as DiffFile;
}

function View({ current, proposed }: Texts) {
	const diffFile = useMemo(() => compare(current, proposed), [current, proposed]);
	return <DiffView diffFile={diffFile} diffViewMode={DiffModeEnum.Split} diffViewWrap />;
}

void mount(View);
