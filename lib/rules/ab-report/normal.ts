/**
 * P(Z ≤ z) of the standard normal distribution, 0…1. Hart's algorithm 5666 (Computer Approximations, Wiley
 * 1968) in the form of West, "Better approximations to cumulative normal functions", Wilmott Magazine, May
 * 2005: absolute error below 1e-15; beyond z = −6 good to eight digits of what is left there.
 */
export function normalCdf(z: number): number {
	const distance = Math.abs(z);
	const tail = upperTail(distance);
	return z > 0 ? 1 - tail : tail;
}

const hartNumerator = [
	3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
	221.213596169931, 220.206867912376,
];
const hartDenominator = [
	8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
	637.333633378831, 793.826512519948, 440.413735824752,
];

function upperTail(distance: number): number {
	if (distance > 37) return 0;
	const density = Math.exp((-distance * distance) / 2);
	if (distance < 7.07106781186547) {
		return (density * polynomial(hartNumerator, distance)) / polynomial(hartDenominator, distance);
	}
	const fraction = distance + 1 / (distance + 2 / (distance + 3 / (distance + 4 / (distance + 0.65))));
	return density / fraction / 2.506628274631;
}

/** Highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
	return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

const middle = {
	numerator: [
		2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
		1971.5909503065513, 133.14166789178438, 3.3871328727963665,
	],
	denominator: [
		5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
		687.1870074920579, 42.31333070160091, 1,
	],
};
const outer = {
	numerator: [
		0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
		5.769497221460691, 4.630337846156546, 1.4234371107496835,
	],
	denominator: [
		1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
		1.6763848301838038, 2.053191626637759, 1,
	],
};
const far = {
	numerator: [
		2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
		0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
	],
	denominator: [
		2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
		0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
	],
};

/**
 * The z with P(Z ≤ z) = `probability`, which lies in 0…1; the ends give −∞ and ∞. Algorithm AS 241, PPND16
 * (Wichura, Applied Statistics 37:477–484, 1988): relative error about 1e-16.
 */
export function normalQuantile(probability: number): number {
	const fromMiddle = probability - 0.5;
	if (Math.abs(fromMiddle) <= 0.425) {
		const r = 0.180625 - fromMiddle * fromMiddle;
		return (fromMiddle * polynomial(middle.numerator, r)) / polynomial(middle.denominator, r);
	}
	const tail = fromMiddle < 0 ? probability : 1 - probability;
	if (tail <= 0) return fromMiddle < 0 ? -Infinity : Infinity;
	const root = Math.sqrt(-Math.log(tail));
	const { numerator, denominator } = root <= 5 ? outer : far;
	const r = root <= 5 ? root - 1.6 : root - 5;
	const distance = polynomial(numerator, r) / polynomial(denominator, r);
	return fromMiddle < 0 ? -distance : distance;
}
