import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import ComparedTexts from "./compared-texts";
import { ForeignValue } from "./foreign-value";
import { RemediationFiguresView } from "./remediation-figures-view";

test("what a model wrote is text and no markup, hidden characters and all", () => {
	const drawn = renderToStaticMarkup(<ForeignValue value={"<img src=x onerror=alert(1)>a\u200bb"} />);
	expect(drawn).toContain("&lt;img src=x onerror=alert(1)&gt;");
	expect(drawn).toContain("hidden-mark");
	expect(renderToStaticMarkup(<ForeignValue value={{ html: "<b>" }} />)).not.toContain("<b>");
	expect(renderToStaticMarkup(<ForeignValue value={null} />)).toContain("Not recorded");
});

test("a long text is cut for a start, never within a character", () => {
	const drawn = renderToStaticMarkup(<ForeignValue value={`${"a".repeat(3_999)}😀${"b".repeat(9)}`} />);
	expect(drawn).toContain("3,999 of 4,010 characters");
	expect(drawn).not.toContain("b".repeat(9));
	expect(drawn.isWellFormed()).toBe(true);
});

test("what differs between two texts is said by sign, by word and by mark", () => {
	const drawn = renderToStaticMarkup(
		<ComparedTexts
			before="The refund comes on <i>Friday</i>."
			after="The refund comes in ten days."
			what="The two"
		/>,
	);
	expect(drawn).toContain("Removed: ");
	expect(drawn).toContain("Added: ");
	expect(drawn).toMatch(/<del[^>]*>[^<]*&lt;i&gt;Friday/);
	expect(drawn).not.toContain("<i>");
	const same = renderToStaticMarkup(<ComparedTexts before="Same." after="Same." what="The two" />);
	expect(same).toContain("The two are the same, character for character.");
});

test("a similarity of −1 is not available, a score has its sign and its word, a hostile rule name is text", () => {
	const score = { eval_rule_id: "r", original_score: 0.9, remediated_score: 0.85, delta: -0.05 };
	const diff = {
		action_id: "a",
		original_span_id: "o",
		remediated_span_id: "r",
		token_length_delta: 5,
		latency_delta_ms: 0,
		embedding_similarity: -1,
		score_deltas: [{ ...score, rule_name: "<script>" }],
		summary: "",
	};
	const drawn = renderToStaticMarkup(<RemediationFiguresView diff={diff} spans={null} />);
	expect(drawn).toContain("not available");
	expect(drawn).not.toContain("−1");
	expect(drawn).toMatch(/−0\.05<\/span> worse/);
	expect(drawn).toContain("&lt;script&gt;");
});
