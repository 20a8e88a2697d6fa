import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { PlainText } from "@/components/ui/plain-text";
import { routes } from "@/lib/routes";
import { outcomeOf } from "@/lib/rules/control-action/outcome";
import { ActionName } from "./action-name";
import { decidedInWords, type ParkedOutcome } from "./parked-decision";

/** What the API has confirmed of one's own decision: an approved action may have failed all the same. */
export function DecidedNotice({ outcome }: { outcome: ParkedOutcome }) {
	if (outcome.kind !== "decided") return null;
	const { decision, action } = outcome;
	const { said } = outcomeOf(action);
	const isBad = decision === "approve" && action.status === "failed";
	return (
		<Notice tone={isBad ? "bad" : "info"} className="mb-2">
			<p>
				<span className="font-medium">
					<ActionName action={action} />: {decidedInWords(decision, action)}
				</span>{" "}
				<Link href={routes.action(action.id)} className="underline">
					See what came of it
				</Link>
			</p>
			{said === null || decision === "reject" ? null : (
				<p>
					<PlainText text={said} />
				</p>
			)}
		</Notice>
	);
}
