import { readEnvironment } from "../server/environment";
import { runApi } from "../server/run";
import { startApi } from "../server/start";
import { seedSampleData } from "./data/seed";

/** The API server of a laptop: the real one, with sample data in a database that is still empty. */
await runApi(async () =>
	startApi({
		environment: readEnvironment(process.env),
		beforeListening: async ({ db, clock, log }) => {
			const { outcome, sentence } = await seedSampleData(db, clock);
			log.info("sample_data", { outcome, sentence });
		},
	}),
);
