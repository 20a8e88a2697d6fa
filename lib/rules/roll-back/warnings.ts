import { autoRollbackActor } from "../../contract/deployment-status";
import { deploymentInWords, momentInWords } from "../prompt-checks/deployment-in-words";
import { isSameText } from "../prompt-checks/stale-base";
import type { RollBackNeighbours } from "./neighbours";
import type { LiveDeployment, ShippedRow } from "./shipped-row";

export interface RollBackSituation {
	deployment: LiveDeployment;
	neighbours: RollBackNeighbours;
	/** The texts that were read, by id. */
	texts: ReadonlyMap<string, string>;
	/** False where the list of deployments was too long to be looked through. */
	isComplete: boolean;
}

/**
 * The deployment that had put live what this one replaced; null where none of those that were read did. What it
 * replaced is the current prompt of its record: that is what rolling back restores.
 */
export function replacedBy({ deployment, neighbours, texts }: RollBackSituation): ShippedRow | null {
	return neighbours.before.find((row) => hasText(row, deployment.current_prompt, texts)) ?? null;
}

/**
 * What to know before rolling back, as sentences for the person: that what comes back is not what was live an hour
 * ago, was itself rolled back, or may be another one than is compared here. Empty where nothing speaks against it.
 */
export function rollBackWarnings(situation: RollBackSituation): string[] {
	const { deployment, neighbours, texts, isComplete } = situation;
	const { after, between, rolledBack } = neighbours;
	const warnings: string[] = [];
	if (after !== null) {
		warnings.push(
			`${capital(deploymentInWords(after.id))}${at("shipped", after.shipped_at)}, after this one, and is live: what is live now is probably its prompt and not the one that is compared here.`,
		);
	}
	const hourAgo = hourAgoWarning(situation);
	if (hourAgo !== null) warnings.push(hourAgo);
	const taken = rolledBack.find((row) => hasText(row, deployment.current_prompt, texts));
	if (taken !== undefined) {
		const by = taken.approved_by === autoRollbackActor ? " by the automatic rollback" : "";
		warnings.push(
			`What comes back was itself${at("rolled back", taken.rolled_back_at)}${by}, as ${deploymentInWords(taken.id)}.`,
		);
	}
	if (between !== null && isAnotherText(between, deployment.current_prompt, texts)) {
		warnings.push(
			`Between its proposal and its shipping, ${deploymentInWords(between.id)}${at("shipped", between.shipped_at)} and left another prompt live: the API may restore that one instead.`,
		);
	}
	if (!isComplete) {
		warnings.push("The project has more deployments than were looked through, so a warning may be missing.");
	}
	return warnings;
}

function hourAgoWarning({ deployment, neighbours: { hourAgo }, texts }: RollBackSituation): string | null {
	if (hourAgo === null) return null;
	if (hourAgo === "itself") {
		return `What comes back is not what was live an hour ago: this prompt${at("shipped", deployment.shipped_at)}.`;
	}
	if (!isAnotherText(hourAgo, deployment.current_prompt, texts)) return null;
	return `What comes back is not what was live an hour ago: that was the prompt of ${deploymentInWords(hourAgo.id)},${at("shipped", hourAgo.shipped_at)}.`;
}

function hasText({ id }: ShippedRow, text: string, texts: ReadonlyMap<string, string>): boolean {
	const known = texts.get(id);
	return known !== undefined && isSameText(known, text);
}

/** True only where its text was read: what is not known is not warned of. */
function isAnotherText({ id }: ShippedRow, text: string, texts: ReadonlyMap<string, string>): boolean {
	const known = texts.get(id);
	return known !== undefined && !isSameText(known, text);
}

/** ` shipped on 2026-11-22 10:00 UTC`, or the verb alone where the moment cannot be read. */
function at(verb: string, iso: string | null | undefined): string {
	const moment = momentInWords(iso);
	return moment === null ? ` ${verb}` : ` ${verb} on ${moment}`;
}

function capital(sentence: string): string {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
