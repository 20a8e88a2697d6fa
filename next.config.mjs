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
	poweredByHeader: false,
	// `npm run types` checks the whole tree; a second check here would only make the first start slower.
	typescript: { ignoreBuildErrors: true },
	images: { unoptimized: true },
	headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
