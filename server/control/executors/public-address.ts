import { lookup as lookUp } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** What is not on the public internet, by IANA's registries of special-purpose addresses. */
const notPublic = new BlockList();
for (const [network, bits] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.88.99.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
] as const) {
	notPublic.addSubnet(network, bits, "ipv4");
}
// Of IPv6 only 2000::/3 is handed out; in it, tunnels that carry an IPv4 address of their own are left out too.
const handedOut = new BlockList();
handedOut.addSubnet("2000::", 3, "ipv6");
for (const [network, bits] of [
	["2001::", 23],
	["2001:db8::", 32],
	["2002::", 16],
	["3fff::", 20],
] as const) {
	notPublic.addSubnet(network, bits, "ipv6");
}

/** True for an IP address of the public internet; false for every other one, and for what is no address. */
export function isPublicAddress(address: string): boolean {
	const family = isIP(address);
	if (family === 4) return !notPublic.check(address, "ipv4");
	// An address with a zone is a link's own.
	if (family === 0 || address.includes("%")) return false;
	return handedOut.check(address, "ipv6") && !notPublic.check(address, "ipv6");
}

export class PrivateAddressError extends Error {
	override name = "PrivateAddressError";
}

/** The host of a URL as an IP address, or null when it is a name. */
export function addressIn(url: URL): string | null {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	return isIP(host) === 0 ? null : host;
}

/**
 * Looks up a name for a connection and fails with a PrivateAddressError when any of its addresses is not
 * public. What was looked at is what is connected to, so a name that answers differently the next time
 * (DNS rebinding) gains nothing.
 */
export function publicLookup(resolve: typeof lookUp = lookUp): LookupFunction {
	return (hostname, options, callback) => {
		resolve(hostname, { ...options, all: true }, (error, addresses) => {
			if (error !== null) return callback(error, []);
			if (!addresses.every(({ address }) => isPublicAddress(address))) {
				return callback(new PrivateAddressError("the name resolves to a private address"), []);
			}
			const [first] = addresses;
			if (options.all || first === undefined) return callback(null, addresses);
			callback(null, first.address, first.family);
		});
	};
}
