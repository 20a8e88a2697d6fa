import { randomBytes } from "node:crypto";
import { theOnlyRow } from "./affected-rows";
import type { Database } from "./db/database";
import { statement } from "./db/statement";

const add = statement("insert into settings (key, value) values ($1, $2) on conflict do nothing");
const read = statement("select value from settings where key = $1");

/**
 * A secret of this database that all its servers share, made by whichever comes first. No tenant's
 * transaction can read it.
 */
export function loadServerSecret(db: Database, name: string): Promise<string> {
	return db.asOwner(async (tx) => {
		await tx.query(add, [name, randomBytes(32).toString("base64url")]);
		return theOnlyRow(await tx.query<{ value: string }>(read, [name]), "The look for a secret").value;
	});
}
