import type { RemediationChain } from "../../contract/remediation";
import type { Span } from "../../contract/trace";

/** The spans of a trace by who has made them. */
export interface SplitSpans<S = Span> {
	/** Those of the run itself, in the order of the trace. */
	own: S[];
	/** Those that an action has made afterwards: each with what hangs from it. */
	made: { root: S; spans: S[] }[];
}

type Placed = Pick<Span, "id" | "parent_span_id" | "metadata">;

/**
 * Takes the spans of a run and those that actions have made apart. What an action has made is named by its step, or
 * says so itself (our server writes that into its metadata, also while the comparison is not done).
 */
export function splitSpans<S extends Placed>(
	spans: readonly S[],
	steps: readonly Pick<RemediationChain["steps"][number], "action_id" | "diff">[],
): SplitSpans<S> {
	const madeIds = new Set(steps.flatMap(({ diff }) => (diff ? [diff.remediated_span_id] : [])));
	const actionIds = new Set(steps.map(({ action_id }) => action_id));
	const isMade = ({ id, metadata }: S) =>
		madeIds.has(id) || actionIds.has(String(metadata?.control_action_id));
	const byId = new Map(spans.map((span) => [span.id, span]));
	const made = new Map<string, S[]>();
	const own: S[] = [];
	for (const span of spans) {
		const root = firstAbove(span, byId, isMade);
		if (root === null) own.push(span);
		else made.set(root.id, [...(made.get(root.id) ?? []), span]);
	}
	return {
		own,
		made: spans.flatMap((root) => {
			const group = made.get(root.id);
			return group === undefined ? [] : [{ root, spans: group }];
		}),
	};
}

/** The span itself or the nearest above it of which this is true; spans may be each other's parents. */
function firstAbove<S extends Placed>(
	span: S,
	byId: ReadonlyMap<string, S>,
	isMade: (span: S) => boolean,
): S | null {
	const seen = new Set<string>();
	let at: S | undefined = span;
	while (at !== undefined && !seen.has(at.id)) {
		if (isMade(at)) return at;
		seen.add(at.id);
		at = at.parent_span_id == null ? undefined : byId.get(at.parent_span_id);
	}
	return null;
}
