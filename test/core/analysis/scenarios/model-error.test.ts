import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { initialModelError, learnModelError, withModelError } from '#core/analysis/scenarios/model-error.ts';
import type { BandOutcome } from '#core/analysis/scenarios/model-error.ts';
import type { Band } from '#shared/contract/simulation.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const bands = fc
  .tuple(share, share, share)
  .map((shares) => shares.toSorted((a, b) => a - b))
  .map(([low, median, high]) => ({ low, median, high }) as Band);

const outcomeOf = (band: Band, modelError: number, termsAhead: number, actual: number): BandOutcome => ({
  said: withModelError(band, modelError, termsAhead),
  modelError,
  termsAhead,
  actual,
});

describe('the model error', () => {
  test.prop([bands, share, fc.integer({ min: 0, max: 20 })])(
    'widens a band within 0 to 1, and more for later terms',
    (band, error, termsAhead) => {
      const { low, median, high } = withModelError(band, error, termsAhead);
      expect(median).toBe(band.median);
      expect(low).toBeLessThanOrEqual(band.low + 1e-12);
      expect(high).toBeGreaterThanOrEqual(band.high - 1e-12);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      const later = withModelError(band, error, termsAhead + 1);
      expect(later.low).toBeLessThanOrEqual(low);
      expect(later.high).toBeGreaterThanOrEqual(high);
    },
  );

  test.prop([bands])('leaves the present as it is', (band) => {
    const { low, high } = withModelError(band, initialModelError, 0);
    expect(low).toBeCloseTo(band.low, 12);
    expect(high).toBeCloseTo(band.high, 12);
  });

  it('starts with its initial value', () => {
    expect(learnModelError([])).toBe(initialModelError);
  });

  test.prop([fc.integer({ min: 1, max: 4 }), fc.double({ min: 0, max: 0.2, noNaN: true })])(
    'approaches the error of many outcomes',
    (termsAhead, error) => {
      const band = { low: 0.5, median: 0.5, high: 0.5 };
      const outcomes = [-1, 1].flatMap((sign) =>
        Array.from({ length: 500 }, () =>
          outcomeOf(band, 0.1, termsAhead, 0.5 + sign * error * Math.sqrt(termsAhead)),
        ),
      );
      expect(learnModelError(outcomes)).toBeCloseTo(error, 2);
    },
  );

  it('is the one that four fifths of the outcomes stay within', () => {
    const band = { low: 0.5, median: 0.5, high: 0.5 };
    const outcomes = Array.from({ length: 1000 }, (_, index) =>
      outcomeOf(band, 0, 1, 0.5 + (index < 790 ? 0 : 0.3)),
    );
    expect(learnModelError(outcomes)).toBeGreaterThan(0.29);
    const fewer = outcomes.map((outcome, index) => (index < 810 ? { ...outcome, actual: 0.5 } : outcome));
    expect(learnModelError(fewer)).toBeLessThan(0.01);
  });
});
