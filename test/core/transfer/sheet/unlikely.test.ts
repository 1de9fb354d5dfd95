import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCell } from '#core/import/table/values.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { makeWorkspace } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';
import { bringText, told, tryText } from './support.ts';

const bounded = entityTypes.flatMap((type) =>
  fieldsOf(type).filter(({ seldomOver }) => seldomOver !== undefined),
);

describe('a possible but unlikely number', () => {
  it('is asked about beyond its field’s usual range only', () => {
    expect(bounded.length).toBeGreaterThan(3);
    fc.assert(
      fc.property(fc.constantFrom(...bounded), fc.integer({ min: 1, max: 1e9 }), (field, value) => {
        const { problem, value: taken } = readCell(field, value, { decimalComma: false });
        expect(taken).toBe(value);
        expect(problem?.code).toBe(value > (field.seldomOver ?? 0) ? 'unlikely_number' : undefined);
      }),
    );
  });
});

describe('a table with such a number', () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await makeWorkspace();
  });
  afterEach(() => workspace.dispose());

  const teams = 'Team,Members\nRadio,99999999\nPower,12\n';

  it('is reported and imported all the same', async () => {
    const { preview } = await tryText(workspace, teams, { type: 'team' });
    expect(told(preview)).toEqual(['unlikely_number | 99999999 | 2 | kept']);
    expect(preview.creates).toBe(2);
    await bringText(workspace, teams, { type: 'team' });
    const { rows } = await workspace.client.entities.list({ type: 'team' });
    expect(new Set(rows.map(({ payload }) => payload.size))).toEqual(new Set([12, 99999999]));
  });
});
