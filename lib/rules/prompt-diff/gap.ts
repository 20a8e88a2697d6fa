/**
 * A stretch that differs: `[left, leftEnd)` of one side stands against `[right, rightEnd)` of the other, in
 * lines, sentences or tokens counted from 0. Between two gaps both sides run on in step. Never empty on both.
 */
export interface Gap {
	left: number;
	leftEnd: number;
	right: number;
	rightEnd: number;
}
