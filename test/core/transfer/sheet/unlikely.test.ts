import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCell } from '#core/import/table/values.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';

const bounded = entityTypes.flatMap((type) =>
  fieldsOf(type).filter(({ likelyMax: seldomOver }) => seldomOver !== undefined),
);

describe('a possible but unlikely number', () => {
  it('is asked about beyond its field’s usual range only', () => {
    expect(bounded.length).toBeGreaterThan(3);
    fc.assert(
      fc.property(fc.constantFrom(...bounded), fc.integer({ min: 1, max: 1e9 }), (field, value) => {
        const { problem, value: taken } = readCell(field, value, { decimalComma: false });
        expect(taken).toBe(value);
        expect(problem?.code).toBe(value > (field.likelyMax ?? 0) ? 'unlikely_number' : undefined);
      }),
    );
  });
});
