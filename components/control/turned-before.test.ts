import { expect, test } from "vitest";
import { wasTurnedBefore } from "./turned-before";

const sent = { by: "user_1", reason: "Retries pile up." };

test.each([
	[{ changed_by: "user_1", reason: "Retries pile up." }, false],
	[{ changed_by: "user_2", reason: "Retries pile up." }, true],
	[{ changed_by: "user_1", reason: "Too many." }, true],
	[{ changed_by: "user_1", reason: null }, true],
	[{ changed_by: null, reason: null }, true],
	[{ changed_by: "user_1" }, false],
	[{}, false],
])("an answer of %j to one's own turn: somebody was first is %s", (answer, isBefore) => {
	expect(wasTurnedBefore({ active: true, ...answer }, sent)).toBe(isBefore);
});
