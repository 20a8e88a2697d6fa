import { acme, otherCompany } from "../people";
import { sampleControlActions } from "./control-actions";
import { buildDeployments } from "./deployments/build";
import { claimsDesk } from "./deployments/claims-desk";
import { contractAnswers } from "./deployments/contract-answers";
import { contractExtract } from "./deployments/contract-extract";
import type { DeploymentBook } from "./deployments/spec";
import { supportChat } from "./deployments/support-chat";
import { supportChatLive } from "./deployments/support-chat-live";
import { supportChatOpen } from "./deployments/support-chat-open";
import { supportOther } from "./deployments/support-other";
import { supportRefunds } from "./deployments/support-refunds";
import { triageOther } from "./deployments/triage-other";
import { triageRouter } from "./deployments/triage-router";
import { olive, oscar } from "./signers";
import { sampleTraces } from "./traces";
import type { SampleData, SampleProject } from "./types";

export type * from "./types";

const sampleProjects: readonly SampleProject[] = [
	{
		key: "support-assistant",
		organizationId: acme.id,
		name: "Support assistant",
		slug: "support-assistant",
		createdHoursAgo: 4300,
		settingChanges: [
			{ to: { prompt_autoship_enabled: true }, changedBy: olive, hoursAgo: 700 },
			{ to: { prompt_autoship_enabled: false }, changedBy: oscar, hoursAgo: 690 },
		],
	},
	{
		key: "triage-bot",
		organizationId: acme.id,
		name: "Triage bot",
		slug: "triage-bot",
		createdHoursAgo: 3900,
		settingChanges: [
			{ to: { prompt_autoship_enabled: true }, changedBy: oscar, hoursAgo: 2300 },
			{ to: { prompt_autoship_enabled: false }, changedBy: oscar, hoursAgo: 2260 },
			{ to: { max_cascade_depth: 2 }, changedBy: olive, hoursAgo: 1100 },
		],
	},
	{
		key: "contract-reader",
		organizationId: acme.id,
		name: "Contract reader",
		slug: "contract-reader",
		createdHoursAgo: 3100,
		settingChanges: [
			{ to: { prompt_autoship_enabled: true }, changedBy: oscar, hoursAgo: 380 },
			{ to: { prompt_autoship_enabled: false }, changedBy: olive, hoursAgo: 374 },
		],
	},
	{
		key: "claims-desk",
		organizationId: otherCompany.id,
		name: "Claims desk",
		slug: "claims-desk",
		createdHoursAgo: 2000,
	},
];

const books: readonly DeploymentBook[] = [
	{
		projectKey: "support-assistant",
		organizationId: acme.id,
		deployments: [...supportChat, ...supportChatLive, ...supportChatOpen, ...supportRefunds, ...supportOther],
	},
	{ projectKey: "triage-bot", organizationId: acme.id, deployments: [...triageRouter, ...triageOther] },
	{
		projectKey: "contract-reader",
		organizationId: acme.id,
		deployments: [...contractExtract, ...contractAnswers],
	},
	{ projectKey: "claims-desk", organizationId: otherCompany.id, deployments: claimsDesk },
];

/** Everything that a fresh database is filled with. Reads the prompts from disk. */
export function loadSampleData(): SampleData {
	return {
		projects: sampleProjects,
		deployments: books.flatMap(buildDeployments),
		traces: sampleTraces,
		controlActions: sampleControlActions,
	};
}
