import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { diffOf } from '#renderer/text/diff.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';

const payload = fc
  .dictionary(fc.constantFrom('name', 'size', 'meta', 'mascot', 'discipline'), fc.jsonValue({ maxDepth: 1 }))
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

describe('a change, field by field', () => {
  it('distinguishes added, changed and removed fields, the type’s own first and in order', () => {
    const changes = diffOf({
      type: 'team',
      action: 'update',
      before: { mascot: 'cat', size: 4, lifecycle: 'incoming' },
      after: { lifecycle: 'established', size: 5, discipline: 'software' },
    });
    expect(changes.map(({ key, kind }) => [key, kind])).toEqual([
      ['discipline', 'added'],
      ['lifecycle', 'changed'],
      ['size', 'changed'],
      ['mascot', 'removed'],
    ]);
  });

  it('null is not the same as not there', () => {
    const [change] = diffOf({ type: 'team', action: 'update', before: { size: null }, after: {} });
    expect(change).toMatchObject({ kind: 'removed', before: null, after: undefined });
  });

  it('a new record is all additions, and its id is not among them', () => {
    const changes = diffOf({
      type: 'team',
      action: 'create',
      before: null,
      after: { id: 't', name: 'Thermal' },
    });
    expect(changes).toEqual([{ key: 'name', kind: 'added', before: undefined, after: 'Thermal' }]);
  });

  test.prop([payload, payload])('lists exactly the fields that differ, each once', (before, after) => {
    const changes = diffOf({ type: 'team', action: 'update', before, after });
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    const differing = [...keys].filter((key) => !jsonEqual(before[key], after[key]));
    expect(changes.map(({ key }) => key).sort()).toEqual(differing.sort());
  });
});
