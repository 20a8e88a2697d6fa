import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTemplateVariables } from "./template-variables";

/** What is said about a change, each as its severity and sentence. */
function said(current: string, proposed: string): string[] {
	return checkTemplateVariables({ current, proposed }).map(
		({ severity, sentence }) => `${severity}: ${sentence}`,
	);
}

const gone = (text: string) => `severe: ${text} is gone: its value no longer reaches the prompt.`;
const added = (text: string) =>
	`warning: ${text} is new: the current prompt does not have it, and the caller may not fill it in.`;
const rebracketed = (was: string, is: string) =>
	`severe: ${was} is now ${is}: the name is the same, the brackets are not.`;
const renamed = (was: string, is: string) => `severe: A variable seems renamed: ${was} → ${is}.`;

describe("speaks of", () => {
	test.each<[what: string, current: string, proposed: string, sentences: string[]]>([
		["a dropped {{x}}", "Hello {{ customer }}, hi.", "Hello, hi.", [gone("{{ customer }}")]],
		["a dropped {x}", "Order {order_id} is late.", "The order is late.", [gone("{order_id}")]],
		["a dropped {x!r:>10}", "Row: {total!r:>10} EUR", "Row: EUR", [gone("{total!r:>10}")]],
		["a dropped {0}", "Dear {0}, your {1} is here.", "Dear {0}, it is here.", [gone("{1}")]],
		// biome-ignore-start lint/suspicious/noTemplateCurlyInString: prompts are filled in like that.
		["a dropped ${x}", "Shop: ${shop.name}.", "Shop.", [gone("${shop.name}")]],
		["a re-bracketed ${x}", "Hi ${name}.", "Hi {name}.", [rebracketed("${name}", "{name}")]],
		// biome-ignore-end lint/suspicious/noTemplateCurlyInString: prompts are filled in like that.
		["a dropped $x", "Write to $CUSTOMER today.", "Write today.", [gone("$CUSTOMER")]],
		["a dropped %(x)s", "You serve %(company)s.", "You serve a shop.", [gone("%(company)s")]],
		[
			"one %s less, since they are filled in by order",
			"From %s to %s.",
			"To %s.",
			["severe: %s stands 1 time instead of 2 times: such placeholders are filled in by their order."],
		],
		["a dropped <x>", "Greet <customer_name> first.", "Greet first.", [gone("<customer_name>")]],
		["a dropped <X Y>", "Greet <CUSTOMER NAME> first.", "Greet first.", [gone("<CUSTOMER NAME>")]],
		[
			"a dropped <word> with less weight, since the model may be meant",
			"Dear <name>, thanks.",
			"Thanks.",
			["warning: <name> is gone: its value no longer reaches the prompt."],
		],
		["a dropped {{{x}}}", "See {{{html_body}}} here.", "See here.", [gone("{{{html_body}}}")]],
		[
			"a dropped variable with a filter",
			"Hi {{ n | default('you') }}!",
			"Hi!",
			[gone("{{ n | default('you') }}")],
		],
		["a dropped block with its variable", "A {{#if vip}}VIP{{/if}} b", "A VIP b", [gone("{{#if vip}}")]],
		[
			"a dropped partial",
			"Start. {{> house-rules}}",
			"Start.",
			["severe: {{> house-rules}} is gone: what that file brought in is no longer part of the prompt."],
		],
		["a dropped tag", "{% if plan == 'pro' %}Pro.{% endif %}", "Pro.", [gone("{% if plan == 'pro' %}")]],
		["a new variable", "Hello {{name}}.", "Hello {{name}}, {{tier}}.", [added("{{tier}}")]],
		["all paths of a new root at once", "Hi", "Hi {{user.name}} {{user.mail}}", [added("{{user}}")]],
		["a path that is gone from a root that stays", "{{u.a}} {{u.b}}", "{{u.a}}", [gone("{{u.b}}")]],
		["{{x}} turned into {x}", "Hi {{name}} ok", "Hi {name} ok", [rebracketed("{{name}}", "{name}")]],
		["{{ x }} turned into { x }", "Hi {{ name }}", "Hi { name }", [rebracketed("{{ name }}", "{ name }")]],
		["{x} turned into <x>", "Hi {shop_name}", "Hi <shop_name>", [rebracketed("{shop_name}", "<shop_name>")]],
		[
			"snake case turned into camel case",
			"Id {{order_id}}",
			"Id {{orderId}}",
			[renamed("{{order_id}}", "{{orderId}}")],
		],
		[
			"a shorter name",
			"{{repository_url}} x",
			"{{repo_url}} x",
			[renamed("{{repository_url}}", "{{repo_url}}")],
		],
		[
			"three braces turned into two",
			"Body: {{{body}}}",
			"Body: {{body}}",
			["warning: {{{body}}} is now {{body}}: three braces print the value as it is, two may escape it."],
		],
		[
			"a variable that is only asked for now",
			"{% if note %}Note: {{ note }}{% endif %}",
			"{% if note %}There is a note.{% endif %}",
			["severe: {{ note }} is no longer printed: only {% if note %} asks for it."],
		],
		[
			"a block that is left open",
			"{% if a %}A{% endif %}",
			"{% if a %}A",
			["severe: The block “if” is opened 1 time and closed 0 times: the template may not render."],
		],
		[
			"a section that lost its partner",
			"<rules>\nBe kind.\n</rules>",
			"<rules>\nBe kind.",
			["warning: The section <rules> is opened 1 time and closed 0 times."],
		],
		[
			"a section with another name",
			"<house_rules>\nBe kind.\n</house_rules>",
			"<rules>\nBe kind.\n</rules>",
			["note: The section <house_rules> is now called <rules>."],
		],
		[
			"a variable that stands half as often",
			"{{name}} and {{name}}",
			"{{name}} and you",
			["note: {{name}} stands 1 time instead of 2 times."],
		],
		[
			"a variable inside JSON of a prompt with escaped braces",
			'Reply {{"name": "{customer}"}}',
			'Reply {{"name": "Ann"}}',
			[gone("{customer}")],
		],
		["a name in another script", "Hallo {{größe}} {{顧客名}}", "Hallo {{größe}}", [gone("{{顧客名}}")]],
		["a name of two words", "Hi {{customer name}}.", "Hi.", [gone("{{customer name}}")]],
		["a variable in a block of text", "```\n{{context}}\n```", "```\n```", [gone("{{context}}")]],
		["a variable behind a fence that is never closed", "```js\n{name}", "```js\n", [gone("{name}")]],
		["a name in Go's templates", "Hi {{.Name}}", "Hi", [gone("{{.Name}}")]],
	])("%s", (_, current, proposed, sentences) => {
		expect(said(current, proposed)).toEqual(sentences);
	});

	test("a rename only when a single new name resembles it", () => {
		expect(said("{{order_id}}", "{{order_ids}} {{order_no_id}}")).toEqual([
			gone("{{order_id}}"),
			added("{{order_ids}}"),
			added("{{order_no_id}}"),
		]);
	});

	test("a rename with both spellings as a pair and every occurrence on both sides", () => {
		expect(
			checkTemplateVariables({ current: "{{order_id}}, {{order_id}}", proposed: "{{ orderId }} x" }),
		).toMatchObject([
			{
				pair: { current: "{{order_id}}", proposed: "{{ orderId }}" },
				places: [
					{ side: "current", start: 0, end: 12 },
					{ side: "current", start: 14, end: 26 },
					{ side: "proposed", start: 0, end: 13 },
				],
			},
		]);
	});

	test("more than twelve at once in one sentence", () => {
		const many = Array.from(
			{ length: 30 },
			(_, index) => `{{field${String.fromCharCode(97 + (index % 26))}${index}x}}`,
		);
		const [finding, ...others] = checkTemplateVariables({ current: many.join(" "), proposed: "None." });
		expect(others).toEqual([]);
		expect(finding?.sentence).toBe(
			"30 variables are gone: fielda0x, fieldb1x, fieldc2x, fieldd3x, fielde4x and 25 more.",
		);
		expect(finding?.severity).toBe("severe");
	});
});

describe("of names that HTML or sections have too", () => {
	const lost = (text: string) => `warning: ${text} is gone: its value no longer reaches the prompt.`;

	test.each<[what: string, current: string, proposed: string, sentences: string[]]>([
		["a dropped <context>", "Use <context> first.", "Use it first.", [lost("<context>")]],
		["a dropped <question>", "Question: <question>", "Question: none", [lost("<question>")]],
		["a dropped <document>", "Read <document>.", "Read.", [lost("<document>")]],
		["a dropped <answer>", "Check this: <answer>", "Check this.", [lost("<answer>")]],
		["a dropped <input>", "Answer about <input>.", "Answer about it.", [lost("<input>")]],
		["a dropped <data>", "Sum up <data> now.", "Sum up now.", [lost("<data>")]],
		["another name", "Use <context>.", "Use <ctx>.", [lost("<context>"), added("<ctx>")]],
		["a section", "<context>\n{{x}}\n</context>\nSee <context>.", "{{x}}\nSee it.", []],
		["a section that the other side closes", "See <context>.", "<context>\nx\n</context>", []],
		["a section that is named as one", "Read the <context> tag and <input> section.", "Read.", []],
		["what the model writes", "Think in <thinking>, end with an <answer>.", "Think.", []],
		["what the model writes into", "Put it inside <result> or into the <summary>.", "Put it first.", []],
		["<input> beside other HTML", "Build <form> with <input>.", "Build it.", []],
		["<input> with attributes elsewhere", 'Not <input> but <input type="text">.', "None.", []],
		["<input> where HTML is named", "In HTML, an <input> needs a <label>.", "Short.", []],
		["<details> with <summary>", "Fold logs: <details> <summary>", "Fold logs.", []],
		["a special token", "Ends at <eos>.", "Ends.", []],
	])("%s", (_, current, proposed, sentences) => {
		expect(said(current, proposed)).toEqual(sentences);
	});
});

describe("keeps silent about", () => {
	test.each<[what: string, current: string, proposed: string]>([
		["the same variables in other words", "Greet {{name}} now.", "Say hello to {{ name }}."],
		["a variable that moves", "{{a}} then {{b}}", "{{b}} then {{a}}"],
		["JSON", 'Answer {"a": 1, "b": {"c": null}}', 'Answer {"d": 2}'],
		["a shape of JSON", "Answer { name: string, age: number }", "Answer { title: string }"],
		["an empty object", "Start with {} please", "Start please"],
		["an interface in a block of code", "```ts\ninterface A { x: B; y(a: { z }): void }\n```", "None."],
		["destructuring in a block of code", "```js\nconst { a } = b; f({a})\n```", "None."],
		["CSS", "Use a{color:red} and p { margin }", "Use none"],
		["a variable of a shell in a block", "```bash\necho $HOME $TOKEN $" + "{X}\n```", "None."],
		["an environment variable in a sentence", "Never print $HOME or $PATH.", "Never print it."],
		["amounts", "Costs $5 or $1,000 or US$20, $USD.", "Costs 5."],
		["percentages", "Be 100 % sure, 5% off, 20%discount, 99.9%.", "Be sure."],
		["characters of an address", "Open https://shop.example/a%20b%2Fd%d0.", "Open it."],
		["a pattern for dates", "Dates are %Y-%m-%d.", "Dates are short."],
		["mathematics", "Use $x$ and $n + 1$, or $\\frac{a}{b} + x_{i}^{n}$.", "Use none."],
		["a command of LaTeX", "Write \\textbf{result} and \\boxed{answer}.", "Write it."],
		["a regular expression", "It matches [a-z]{3} and \\d{2} and \\p{L}.", "It matches."],
		["HTML", "Use <b>, <br> and <strong>.", "Use bold."],
		["generics", "Return Promise<Order> or List<string>.", "Return it."],
		["a section that is gone with its end", "<rules>\nBe kind.\n</rules>", "Be kind."],
		["a new section", "Be kind.", "<rules>\nBe kind.\n</rules>"],
		["a section that is only named", "Put it in <summary_text> tags.", "Put it first."],
		["sections that prompts open by name", "Think in <thinking>, then <answer>.", "Think."],
		["instructions in brackets", "Title: <one short sentence>", "Title: short"],
		["a placeholder in inline code", "Run `git commit -m <message>`.", "Run it."],
		[
			"names that the template binds",
			"{% for item in items %}{{ item.id }}{% endfor %}",
			"{% for entry in items %}{{ entry.id }}{% endfor %}",
		],
		[
			"parameters of a block",
			"{{#each items as |item|}}{{item}}{{/each}}",
			"{{#each items as |one|}}{{one}}{{/each}}",
		],
		["white space control of a tag", "{% if a %}x{% endif %}", "{%- if a -%}x{%- endif -%}"],
		["another filter", "{{ name | upper }}", "{{ name | title }}"],
		["a comment of the template", "A {# todo: {{x}} #}{{! note }} b", "A b"],
		["what is raw", "{% raw %}{{ shown }}{% endraw %} b", "b"],
		["escaped braces with one word", 'Say {name}: {{"a": 1}} or {{b}}', 'Say {name}: {{"a": 1}}'],
		["a name in JSDoc", "@param {string} id", "none"],
		["a mail address in brackets", "From: Ann <ann@shop.example>", "From: Ann"],
		["a route's parameter", "Call `GET /orders/{id}` first.", "Call it first."],
		["a JSON schema", '{"$ref": "#/x", "$schema": "y"}', "none"],
		["a comparison", "If a < b and c > d, stop.", "Stop."],
		["an expression of GitHub", "Use $" + "{{ secrets.KEY }} there.", "Use it there."],
	])("%s", (_, current, proposed) => {
		expect(said(current, proposed)).toEqual([]);
	});
});

const pieces = fc.constantFrom(
	"{{",
	"}}",
	"{",
	"}",
	"{%",
	"%}",
	"{#",
	"$",
	"${",
	"<",
	">",
	"</",
	"%",
	"%s",
	"%(",
	")s",
	"`",
	"```",
	"\n",
	" ",
	"if ",
	"endif",
	"for x in ",
	"name",
	"order_id",
	"a",
	"|",
	".",
	'"',
	":",
	"é",
	"😀",
	"raw",
	"#",
	"/",
	"\\",
);
const prompts = fc.oneof(
	fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
	fc.string({ unit: "binary", maxLength: 60 }),
);

test("no two prompts make it throw, and every place lies inside its text", () => {
	fc.assert(
		fc.property(prompts, prompts, (current, proposed) => {
			for (const { places, sentence } of checkTemplateVariables({ current, proposed })) {
				expect(sentence).toMatch(/\.$/);
				expect(places).not.toEqual([]);
				for (const { side, start, end } of places) {
					expect(start).toBeGreaterThanOrEqual(0);
					expect(end).toBeGreaterThan(start);
					expect(end).toBeLessThanOrEqual((side === "current" ? current : proposed).length);
				}
			}
		}),
		{ numRuns: 400 },
	);
});

test("a prompt that does not change has no finding", () => {
	fc.assert(
		fc.property(prompts, (prompt) => {
			expect(checkTemplateVariables({ current: prompt, proposed: prompt })).toEqual([]);
		}),
		{ numRuns: 100 },
	);
});

test("taking one variable away is always said", () => {
	const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,9}_[a-z]{3,9}$/), { minLength: 2, maxLength: 8 });
	fc.assert(
		fc.property(names, ([first, ...others]) => {
			const rest = others.map((name) => `{{${name}}}`).join(", ");
			const [finding] = checkTemplateVariables({ current: `{{${first}}} ${rest}`, proposed: rest });
			expect(finding?.severity).toBe("severe");
			expect(finding?.sentence).toContain(`{{${first}}}`);
		}),
		{ numRuns: 100 },
	);
});

test.each([
	"{",
	"{{",
	"${",
	"$a ",
	"%(",
	"<a ",
	"<a =",
	"`a``",
	"{% raw %}",
	"{#",
	"\n```\n",
	"{a.b.c.",
	"{{a|b",
	"\\a{b}",
	"{{#a}}",
	"{a:",
])("200 KB of %j do not hold it up", (text) => {
	const hostile = text.repeat(200_000 / text.length);
	const began = performance.now();
	checkTemplateVariables({ current: hostile, proposed: `${hostile} x` });
	checkTemplateVariables({ current: hostile, proposed: "" });
	expect(performance.now() - began).toBeLessThan(5_000);
});
