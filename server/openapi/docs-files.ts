import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

interface DocsFile {
	path: string;
	type: string;
	read(): Promise<string | ArrayBuffer>;
}

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("swagger-ui-dist/package.json"));

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Countersign API</title>
<link rel="icon" href="/docs/favicon.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/initializer.js"></script>
</body>
</html>
`;

// Nothing leaves our origin: no validator, no query string that names another document, no kept token.
const initializer = `SwaggerUIBundle({
	url: "/openapi.json",
	dom_id: "#swagger-ui",
	deepLinking: true,
	displayRequestDuration: true,
	persistAuthorization: false,
	queryConfigEnabled: false,
	validatorUrl: null,
});
`;

/** The whole of `/docs`: these files and no others, so that no path is ever made of what somebody sent. */
export const docsFiles: readonly DocsFile[] = [
	{ path: "/docs", type: "text/html; charset=utf-8", read: async () => page },
	{ path: "/docs/initializer.js", type: "text/javascript; charset=utf-8", read: async () => initializer },
	fromPackage("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
	fromPackage("swagger-ui.css", "text/css; charset=utf-8"),
	{ ...fromPackage("favicon-32x32.png", "image/png"), path: "/docs/favicon.png" },
];

/** Swagger UI writes its styles into elements; its scripts are files. */
export const docsPolicy = {
	"Content-Security-Policy":
		"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"Referrer-Policy": "no-referrer",
};

function fromPackage(name: string, type: string): DocsFile {
	let bytes: Promise<ArrayBuffer> | undefined;
	const load = async () => new Uint8Array(await readFile(join(folder, name))).buffer;
	return {
		path: `/docs/${name}`,
		type,
		read: () => {
			bytes ??= load();
			return bytes;
		},
	};
}
