import { access, readFile, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { UsageError } from "../backup/program";
import { fileAsNamed } from "../backup/settings";
import { DatabaseError } from "../db/database-error";
import { LockedError } from "../db/lock";
import { type AuditSettings, EnvironmentError, readAuditSettings } from "../environment";
import { lengthOfHeads, type SignedHeads } from "./check-signed-heads";
import { publicKeyFileOf } from "./load-signing-key";
import { readStored } from "./open-stored";
import { reportInWords } from "./report";
import { type PublicKeys, publicKeysOf, readPublicKeys } from "./signing-key";
import { verifyAuditLog } from "./verify";

const usage = "Usage: npm run audit:verify -- [--public-key FILE] [--heads FILE] [--without-heads] [--json]";
/** How long a server that runs beside us may take to sign what it has just committed. */
const patienceMs = 2_000;

/** How the program was called, and where it speaks. */
interface Call {
	args: string[];
	variables: Record<string, string | undefined>;
	say: (text: string) => void;
	complain: (text: string) => void;
}

/**
 * Looks for every change of the audit log, in the database of DATABASE_URL or else in the embedded one of
 * COUNTERSIGN_DATA_DIR. The exit code: 0 when the log is whole, 1 when it is not, 2 when that could not be
 * found out.
 */
export async function verifyProgram(call: Call): Promise<0 | 1 | 2> {
	try {
		return await look(call);
	} catch (error) {
		call.complain(`${explanation(error)}\n`);
		return 2;
	}
}

async function look({ args, variables, say }: Call): Promise<0 | 1> {
	const options = readOptions(args);
	const settings = readAuditSettings(variables);
	const heads = options["without-heads"] ? null : await findHeads(settings, options);
	const patience = settings.postgres === null ? 0 : patienceMs;
	const report = await readStored(settings, (rows) => verifyAuditLog(rows, heads, { patienceMs: patience }));
	say(`${options.json ? JSON.stringify(report, null, "\t") : reportInWords(report)}\n`);
	return report.whole ? 0 : 1;
}

function readOptions(args: string[]) {
	try {
		const { values } = parseArgs({
			args,
			options: {
				"public-key": { type: "string" },
				heads: { type: "string" },
				"without-heads": { type: "boolean", default: false },
				json: { type: "boolean", default: false },
			},
		});
		return values;
	} catch {
		throw new UsageError(usage);
	}
}

async function findHeads(
	{ dataDir, audit }: { dataDir: string; audit: AuditSettings },
	named: { heads?: string; "public-key"?: string },
): Promise<SignedHeads> {
	const file = named.heads === undefined ? audit.headsFile : fileAsNamed(named.heads);
	if (named.heads !== undefined) await access(file).catch(() => fail(`There is no file ${named.heads}.`));
	if ((await stat(file).catch(() => null))?.isFile() === false) fail(`${file} is not a file.`);
	const length = await lengthOfHeads(file);
	const keys = length === null ? new Map() : await findKeys(dataDir, audit, named["public-key"]);
	return { file, length, keys };
}

/** With a key of its own in the environment, one that lies beside the signed heads must not count. */
async function findKeys(
	dataDir: string,
	{ signingKey }: AuditSettings,
	named: string | undefined,
): Promise<PublicKeys> {
	if (named === undefined && signingKey !== null) return publicKeysOf(signingKey);
	const file = named === undefined ? publicKeyFileOf(dataDir) : fileAsNamed(named);
	const pem = await readFile(file, "utf8").catch(() =>
		fail(`The public key ${file} cannot be read: name the right file with --public-key.`),
	);
	return readPublicKeys(pem) ?? fail(`${file} is not a file of Ed25519 public keys in PEM.`);
}

function fail(sentence: string): never {
	throw new UsageError(sentence);
}

function explanation(error: unknown): string {
	const isForThePerson = [UsageError, EnvironmentError, LockedError, DatabaseError].some(
		(kind) => error instanceof kind,
	);
	if (error instanceof Error && isForThePerson) return error.message;
	if (error instanceof Error && "path" in error && "code" in error) {
		return `${error.path} cannot be read (${error.code}).`;
	}
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
