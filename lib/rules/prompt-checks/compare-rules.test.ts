import { describe, expect, test } from "vitest";
import { checkRemovedRules } from "./removed-rules";

function said(current: string, proposed: string): string[] {
	return checkRemovedRules({
		current: `Be kind.\n${current}\nSign with the name of the shop.`,
		proposed: `Be kind.\n${proposed}\nSign with the name of the shop.`,
	}).map(({ severity, sentence }) => `${severity}: ${sentence}`);
}

describe("what was forbidden and is allowed says the opposite", () => {
	test.each([
		["It is forbidden to share data.", "It is allowed to share data."],
		["It is prohibited to share data.", "It is permitted to share data."],
		["It is not permitted to share data.", "It is permitted to share data."],
		["It is not allowed to share data.", "You may share data."],
		["It is forbidden to share data.", "It is not forbidden to share data."],
		["Sharing customer data is not permitted.", "Sharing customer data is permitted."],
		["The use of slang is prohibited.", "The use of slang is permitted."],
		["You must share the tracking number.", "It is forbidden to share the tracking number."],
		["Es ist verboten, Daten weiterzugeben.", "Es ist erlaubt, Daten weiterzugeben."],
		["Es ist nicht erlaubt, Daten zu teilen.", "Es ist erlaubt, Daten zu teilen."],
		["Es ist untersagt, Kundendaten zu teilen.", "Es ist gestattet, Kundendaten zu teilen."],
		["Il est interdit de partager des données.", "Il est permis de partager des données."],
		["Il n'est pas permis de partager des données.", "Il est permis de partager des données."],
		["Está prohibido compartir datos.", "Está permitido compartir datos."],
		["No está permitido compartir datos.", "Está permitido compartir datos."],
	])("%s → %s", (current, proposed) => {
		expect(said(current, proposed)).toEqual([
			`severe: A rule says the opposite now: “${current.slice(0, -1)}”.`,
		]);
	});

	test("but what is allowed only for some is weaker", () => {
		expect(said("It is forbidden to share data.", "It is allowed to share data only with managers.")).toEqual(
			[
				"warning: A rule is weaker: “forbidden” became “only”, in “It is allowed to share data only with managers”.",
			],
		);
	});

	test.each([
		["It is forbidden to share data.", "It is not allowed to share data."],
		["It is not permitted to share data.", "It is forbidden to share data."],
		["It is forbidden to share data.", "Sharing data is prohibited."],
		["It is forbidden to share data.", "Never share data."],
		["It is allowed to share data.", "It is forbidden to share data."],
		["It is allowed to share data.", "It is permitted to share data."],
		["It is allowed to share data.", ""],
		["Es ist verboten, Daten zu teilen.", "Es ist nicht erlaubt, Daten zu teilen."],
		["Il est interdit de partager des données.", "Il n'est pas permis de partager des données."],
		["Está prohibido compartir datos.", "No está permitido compartir datos."],
		["If it is not allowed, ask the warehouse.", "If it is allowed, ask the warehouse."],
	])("silent: %s → %s", (current, proposed) => {
		expect(said(current, proposed)).toEqual([]);
	});
});
