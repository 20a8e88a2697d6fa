/** Where the server takes the time from; handed in, so that a test can stand still. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
