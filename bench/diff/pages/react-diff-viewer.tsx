import ReactDiffViewer, { DiffMethod } from "react-diff-viewer-continued";
import { mount, type Texts } from "./mount";

function View({ current, proposed }: Texts) {
	return (
		<ReactDiffViewer
			oldValue={current}
			newValue={proposed}
			compareMethod={DiffMethod.WORDS}
			splitView
			showDiffOnly
		/>
	);
}

void mount(View);
