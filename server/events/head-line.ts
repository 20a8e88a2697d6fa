interface Head {
	tenantId: string;
	sequence: number;
}

const pattern = /^head ([0-9a-f-]{36}) (\d{1,10})$/;

/** What one process tells the others after a commit. */
export function headLine({ tenantId, sequence }: Head): string {
	return `head ${tenantId} ${sequence}`;
}

/** Reads such a line; null for any other. */
export function readHeadLine(line: string): Head | null {
	const [, tenantId, sequence] = pattern.exec(line) ?? [];
	return tenantId === undefined ? null : { tenantId, sequence: Number(sequence) };
}
