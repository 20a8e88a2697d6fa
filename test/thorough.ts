/**
 * True with `TEST_THOROUGH=1`: then what is repeated until chance has had its say (kills, rounds, cases) is repeated
 * as often as was once promised, which takes several minutes more than `npm test` may.
 */
export const isThorough = process.env.TEST_THOROUGH === "1";
