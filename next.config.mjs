/** What the pages tell browsers beyond their content; nothing here depends on a request. */
const securityHeaders = [
	{ key: "X-Content-Type-Options", value: "nosniff" },
	{ key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
	{ key: "X-Frame-Options", value: "DENY" },
	{ key: "Content-Security-Policy", value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'" },
	{ key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/**
 * Cuts a page off from the page of another site that opened it. One that was opened from no page (an address typed, a
 * bookmark, a link in a mail program) or from ours is spared it: the browser would have to leave the process that it
 * has started meanwhile and start another, some 40 ms before the first paint.
 */
const aloneInItsWindow = {
	source: "/:path*",
	missing: [{ type: "header", key: "sec-fetch-site", value: "(?:none|same-origin)" }],
	headers: [{ key: "Cross-Origin-Opener-Policy", value: "same-origin" }],
};

/** @type {import("next").NextConfig} */
const config = {
	// `scripts/serve.mjs` does it, behind what it changes.
	compress: false,
	poweredByHeader: false,
	// `npm run types` checks the whole tree; a second check here would only make the first start slower.
	typescript: { ignoreBuildErrors: true },
	images: { unoptimized: true },
	// Its table of 2 MB, bundled, mapped and minified, took two thirds of a build; the server reads it as it is.
	serverExternalPackages: ["gpt-tokenizer"],
	// A build of half a minute gains nothing from a cache that takes 8 s and 100 MB to write.
	experimental: { turbopackFileSystemCacheForBuild: false },
	headers: async () => [{ source: "/:path*", headers: securityHeaders }, aloneInItsWindow],
};

export default config;
