import { fill } from "../bench/fill";
import { seedSampleData } from "../local/data/seed";
import { otherCompany } from "../local/people";
import { systemClock } from "../server/clock";
import { openPglite } from "../server/db/pglite";

/**
 * Puts the sample data into the database of the tests, and 10,000 deployments more into Other Company: through
 * the API they would take minutes. Run before the stack starts, because the database has one opener.
 */
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error("Usage: fill-rows DATA_DIR");
const connection = await openPglite(dataDir);
await seedSampleData(connection.db, systemClock);
await fill(connection, { tenants: [otherCompany.id], rows: 10_000 });
await connection.close();
