/** Asks the system for `count` ports that nobody listens on now. */
export function findFreePorts(count: number): Promise<number[]>;
