/** What the pages tell browsers beyond their content; nothing here depends on a request. */
const securityHeaders = [
	{ key: "X-Content-Type-Options", value: "nosniff" },
	{ key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
	{ key: "X-Frame-Options", value: "DENY" },
	{ key: "Content-Security-Policy", value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'" },
	{ key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
	{ key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

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
	headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
