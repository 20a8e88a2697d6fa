import { collapseUnchanged, extensionsForReview } from "./for-review";
import { Merged } from "./merge-view";
import { mount, type Texts } from "./mount";

// Its own diff gives up early unless it is told for how long it may look. The limit is what its diff takes by itself: it is
// handled as a 32-bit number, and a larger one turns negative.
const config = {
	collapseUnchanged,
	diffConfig: { scanLimit: 1_000_000_000, timeout: 2_000 },
};

function View(texts: Texts) {
	return <Merged {...texts} extensions={extensionsForReview} config={config} />;
}

void mount(View);
