import { collapseUnchanged, extensionsForReview } from "./for-review";
import { Merged } from "./merge-view";
import { mount, type Texts } from "./mount";

const config = { collapseUnchanged };

/** Folded for review; compared by its own diff as that comes. */
function View(texts: Texts) {
	return <Merged {...texts} extensions={extensionsForReview} config={config} />;
}

void mount(View);
