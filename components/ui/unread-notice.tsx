import { Notice } from "./notice";

interface UnreadNoticeProps {
	/** What could not be read, as the beginning of the sentence. */
	what: string;
	failure: Error;
}

/** Says that something is not known, which must not look like there being nothing. */
export function UnreadNotice({ what, failure }: UnreadNoticeProps) {
	return (
		<Notice tone="warn" role="status">
			<span className="font-medium">{what} could not be read.</span> {failure.message} This page keeps trying.
		</Notice>
	);
}
