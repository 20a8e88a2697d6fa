/** As React writes them; any other script or hint is left where it is. */
const script = /<script src="(\/_next\/static\/[\w./~-]+)" async=""><\/script>/g;
const hint =
	/<link rel="preload" (?:as="script" fetchPriority="low" href="(\/_next\/static\/[\w./~-]+)"|href="(\/_next\/static\/[\w./~-]+)" as="script" fetchPriority="low")\/>/g;

/** A window that nobody sees may be given no frame although it does not call itself hidden. */
const longestWaitMs = 2_000;

/**
 * The beginning of a page, changed so that its scripts are asked for when it has been painted. As Next writes it, a
 * browser asks for some twenty scripts before it has read what the page says, and may run them before it shows that.
 *
 * `html` is what is sent first: the shell as far as the script that starts Next, which stands behind all that is to be
 * seen. What does not look like that comes back as it is, and its scripts run as Next has them run.
 */
export function holdScripts(html) {
	const body = html.indexOf("<body");
	const scripts = [...html.matchAll(script)];
	const last = scripts.at(-1);
	if (body === -1 || last === undefined || last.index < body) return html;
	const sources = scripts.map(([, source]) => source);
	const hinted = [...html.matchAll(hint)].map(([, ofStart, ofLater]) => ofStart ?? ofLater);
	const hints = hinted.filter((source) => !sources.includes(source));
	const shell = html.slice(0, last.index).replace(script, "").replace(hint, "");
	const call = [sources, hints, longestWaitMs].map((value) => JSON.stringify(value)).join();
	return `${shell}<script>(${loadWhenPainted})(${call})</script>${html.slice(last.index + last[0].length)}`;
}

/**
 * Runs in the browser, as text, so it uses nothing from outside of itself. It stands where the shell ends and waits for
 * the styles as every inline script does; the next frame therefore shows all of the shell.
 */
function loadWhenPainted(sources, hints, waitMs) {
	let isWaiting = true;
	const load = () => {
		if (!isWaiting) return;
		isWaiting = false;
		const add = (name, attributes) =>
			document.head.append(Object.assign(document.createElement(name), attributes));
		for (const src of sources) add("script", { src, async: true });
		for (const href of hints) add("link", { rel: "preload", as: "script", fetchPriority: "low", href });
	};
	if (document.visibilityState === "hidden") return load();
	setTimeout(load, waitMs);
	// When the pixels are there, or in a moment where some were there before.
	requestAnimationFrame(() => new PerformanceObserver(load).observe({ type: "paint", buffered: true }));
}
