import { firstOf, type Hit, hitsOf, isPlaceholder } from "./content-hit";

const webAddress = /(?<![\w])https?:\/\/[^\s<>"'`)\]}|\\^]{3,2000}/gi;
const secretParameter =
	/[?&#;](?:[\w-]{0,20}(?:token|secret|signature|password|passwd|api_?key|credential)|key|sig|auth|session|sid|jwt|pwd)=([^&#]{8,})/i;
const placeholderHost =
	/(?:^|\.)(?:example|test|invalid|localhost|local|internal)$|(?:^|\.)example\.[a-z.]{2,6}$|^(?:your|my|some)(?:[-.]|company|domain|site|app|host|server)|^(?:domain|website|company|site|acme|foo|bar|host|server|url)\.|[{}$%*…]|\.\.|^(?:127|10|0|192\.168|169\.254)\./;

function hostOf(address: string): string {
	const authority = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1] ?? "";
	return authority
		.slice(authority.lastIndexOf("@") + 1)
		.replace(/:\d{0,5}$|[.,;:!]+$/g, "")
		.replace(/^www\./i, "")
		.toLowerCase();
}

/** Web addresses with a password before the host, or a parameter that is named like a secret and filled. */
export function findSecretAddresses(text: string): Hit[] {
	return hitsOf(text, webAddress, (address) => {
		const secret =
			secretParameter.exec(address)?.[1] ?? /^https?:\/\/[^/?#@:]{1,80}:([^/?#@]{3,80})@/i.exec(address)?.[1];
		if (secret === undefined || isPlaceholder(secret) || /^[{<$%[]/.test(secret)) return null;
		return { masked: `${firstOf(hostOf(address), 40)}/…` };
	});
}

/** Hosts of web addresses; the value is the host, so another page of a known host is not new. */
export function findHosts(text: string): Hit[] {
	return hitsOf(text, webAddress, (address, start) => {
		const host = hostOf(address);
		if (!/^[^.]{1,63}(?:\.[^.]{1,63}){1,9}$/.test(host) || placeholderHost.test(host)) return null;
		const end = start + address.replace(/[.,;:!?*_]{1,9}$/, "").length;
		return { severity: "note", value: host, masked: firstOf(host, 60), end };
	});
}

const ipv4 = /(?<![\w.@/=-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g;
const ipv6 = /(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/gi;
/** Loopback, private, link-local, multicast and documentation ranges, and the resolvers that everybody names. */
const ordinaryIp =
	/^(?:0|10|127|255|22[4-9]|23\d)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^(?:1\.1\.1\.1|1\.0\.0\.1|8\.8\.8\.8|8\.8\.4\.4|9\.9\.9\.9|1\.2\.3\.4)$|^2001:0?db8:|^fe80:|^(?:0{1,4}:){7}/i;

/** Public IPv4 addresses, and IPv6 addresses that are written in full. */
export function findIps(text: string): Hit[] {
	const judge = (value: string, start: number): Partial<Hit> | null => {
		const parts = value.split(/[.:]/);
		if (ordinaryIp.test(value)) return null;
		if (value.includes(".")) {
			// 3.1.2.1 is a section, 2.0.10.3 behind the word is a version.
			if (parts.some((part) => Number(part) > 255 || /^0\d/.test(part))) return null;
			if (parts.every((part) => part.length === 1)) return null;
			if (
				/(?:version|release|build|v|ver\.?|section|==|>=)\s?$/i.test(
					text.slice(Math.max(0, start - 12), start),
				)
			)
				return null;
		}
		return { masked: `${parts[0]}.${"…"}` };
	};
	return [...hitsOf(text, ipv4, judge), ...hitsOf(text, ipv6, judge)];
}
