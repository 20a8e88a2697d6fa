import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "@playwright/test";
import { routes } from "../../lib/routes";
import { refresh, shown, startStack } from "../stack";
import { type PairName, pairOf } from "./pairs";

/** The running product, holding one proposal a pair. */
export interface Product {
	addressOf: (pair: PairName) => string;
	/** A page of the product without any comparison. */
	otherAddress: string;
	/** A browser of its own in which the sample owner is signed in. */
	openContext: (browser: Browser) => Promise<BrowserContext>;
	/** Renews what a minute has used up, so that no measured visit is sent to sign in first. */
	refresh: (context: BrowserContext) => Promise<void>;
	stop: () => Promise<void>;
}

/** Starts the product with a database that is thrown away, and proposes the pairs through the API. */
export async function startProduct(pairs: readonly PairName[], viewport: Viewport): Promise<Product> {
	const dataDir = await mkdtemp(join(tmpdir(), "countersign-bench-diff-"));
	const { origin, environment, stop: stopStack } = await startStack(dataDir);
	const stop = async () => {
		await stopStack();
		await rm(dataDir, { recursive: true, force: true });
	};
	try {
		// These read where the stack is when they are loaded.
		Object.assign(process.env, environment);
		const { propose } = await import("../../e2e/api");
		const { signInAs } = await import("../../e2e/sign-in-form");
		const ids = new Map<PairName, string>();
		for (const name of pairs) {
			const { current, proposed } = pairOf(name);
			const proposal = await propose({ current_prompt: current, proposed_prompt: proposed });
			ids.set(name, proposal.id);
		}
		return {
			addressOf: (pair) => `${origin}${routes.deployment(ids.get(pair) ?? "")}`,
			otherAddress: `${origin}${routes.audit}`,
			openContext: async (browser) => {
				const context = await browser.newContext({ viewport });
				const page = await context.newPage();
				await page.goto(`${origin}${routes.deployments()}`);
				await signInAs(page, "owner");
				await shown(page);
				await page.close();
				return context;
			},
			refresh: (context) => refresh(context, `${origin}${routes.audit}`),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

export interface Viewport {
	width: number;
	height: number;
}
