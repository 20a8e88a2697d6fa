import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metricShape, withSeen } from "./metric-shape";

const box = { width: 100, height: 40, margin: 4 };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString();

describe("the line of a metric", () => {
	test("begins at the left, ends at the right, and has the reference in sight", () => {
		const shape = metricShape(
			[
				{ at: at(0), value: 0.1 },
				{ at: at(10), value: -0.3 },
				{ at: at(20), value: -0.1 },
			],
			box,
		);
		expect(shape).toMatchObject({
			points: "4,4 50,36 96,20",
			zeroY: 12,
			last: { x: 96, y: 20 },
			first: { value: 0.1 },
			end: { value: -0.1 },
			lowest: { value: -0.3 },
		});
	});

	test("has zero at the top where all is below it: a fall looks as deep as it is", () => {
		const shape = metricShape(
			[
				{ at: at(0), value: -0.07 },
				{ at: at(1), value: -0.08 },
			],
			box,
		);
		expect([shape?.zeroY, shape?.last.y]).toEqual([4, 36]);
	});

	test("of one point is that point, of none is none, and never leaves its box", () => {
		expect(metricShape([], box)).toBeNull();
		expect(metricShape([{ at: "soon", value: 1 }], box)).toBeNull();
		expect(metricShape([{ at: at(0), value: 0 }], box)).toMatchObject({ points: "96,4" });
		const point = fc.record({
			at: fc.integer({ min: 0, max: 59 }).map(at),
			value: fc.double({ noNaN: true }),
		});
		fc.assert(
			fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
				const shape = metricShape(points, box);
				for (const pair of shape?.points.split(" ") ?? []) {
					const [x = Number.NaN, y = Number.NaN] = pair.split(",").map(Number);
					expect(x >= 4 && x <= 96 && y >= 4 && y <= 36).toBe(true);
				}
			}),
		);
	});
});

test("what a page has seen keeps the ends of a value that stays, and every change", () => {
	const values = [1, 1, 1, 1, 2, 1];
	const seen = values.reduce(
		(points, value, minute) => withSeen(points, { at: at(minute), value }),
		[] as { at: string; value: number }[],
	);
	expect(seen).toEqual([
		{ at: at(0), value: 1 },
		{ at: at(3), value: 1 },
		{ at: at(4), value: 2 },
		{ at: at(5), value: 1 },
	]);
	expect(withSeen(seen, { at: at(5), value: 1 })).toEqual(seen);
});
