import fc from "fast-check";
import { expect, test } from "vitest";
import { calibrate, spanConfidence } from "./confidence.ts";

test("both ends of a mention count", () => {
  expect(spanConfidence(0.5, 0.8)).toBeCloseTo(0.4, 12);
});

test("Platt's map, by hand", () => {
  // logit(0.8) = ln 4; a slope of 1/2 makes it ln 2, an intercept of -ln 2 takes that to 0.
  expect(calibrate(0.8, { slope: 0.5, intercept: -Math.LN2 })).toBeCloseTo(0.5, 12);
  expect(calibrate(0.3, { slope: 1, intercept: 0 })).toBeCloseTo(0.3, 12);
});

test("the order stays, and certainty stays a number between 0 and 1", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const map = fc.record({
    slope: fc.double({ min: 0.01, max: 5, noNaN: true }),
    intercept: fc.double({ min: -5, max: 5, noNaN: true }),
  });
  fc.assert(
    fc.property(share, share, map, (a, b, calibration) => {
      const low = calibrate(Math.min(a, b), calibration);
      const high = calibrate(Math.max(a, b), calibration);
      expect(low).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});
