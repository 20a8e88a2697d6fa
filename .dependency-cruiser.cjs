/** Imports flow one way: contract → rules → client → actions → components → app, and contract → rules → server. */
const dashboard = "^(app|components|lib)/|^proxy\\.ts$";

/** A layer may not know what is built on it; `hint` names the place to import from instead. */
const neverFrom = (name, from, to, hint) => ({
	name,
	severity: "error",
	comment: hint,
	from: { path: from, pathNot: "\\.test\\.tsx?$" },
	to: { path: to },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
	forbidden: [
		neverFrom(
			"contract-imports-zod-only",
			"^lib/contract/",
			"^(?!lib/contract/|node_modules/zod/)",
			"lib/contract says what the API says and needs zod alone; put rules into lib/rules.",
		),
		neverFrom(
			"rules-are-pure",
			"^lib/rules/",
			"^(?!lib/(contract|rules)/|node_modules/(zod|diff|franc-min|gpt-tokenizer|fast-check|vitest)/)",
			"lib/rules are pure functions over lib/contract; fetch in lib/client and hand the values in.",
		),
		neverFrom(
			"client-below-actions",
			"^lib/(client|auth)/",
			"^(lib/(actions|review)|components|app)/",
			"lib/client and lib/auth are used by actions and components, never the other way round.",
		),
		neverFrom(
			"lib-below-components",
			"^lib/",
			"^(components|app)/",
			"lib never imports components or app; move what is shared into lib.",
		),
		neverFrom(
			"components-below-app",
			"^components/",
			"^app/",
			"A component is drawn by a route and does not know it; links come from lib/routes.ts.",
		),
		neverFrom(
			"ui-knows-no-domain",
			"^components/ui/",
			"^components/(?!ui/)|^lib/(client|auth|actions|contract)/",
			"components/ui knows nothing of deployments; build on it in components/<noun>.",
		),
		neverFrom(
			"dashboard-without-server",
			dashboard,
			"^(server|local|scripts|e2e|test)/",
			"The dashboard knows the API by its contract and URL only: use lib/client.",
		),
		neverFrom(
			"server-imports-contract-and-rules",
			"^server/",
			"^(app|components|local|scripts|e2e)/|^lib/(?!contract/|rules/)",
			"server/ uses lib/contract and lib/rules, and nothing else of ours.",
		),
		{
			name: "no-cycles",
			severity: "error",
			comment: "Two files that need each other are one file, or need a third.",
			from: {},
			to: { circular: true },
		},
	],
	options: {
		doNotFollow: { path: "node_modules" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "require", "node", "default"],
		},
	},
};
