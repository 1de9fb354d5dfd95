import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import {
  applyEdit,
  applyPatch,
  editedFields,
  invertPatch,
  isEmptyPatch,
  patchBetween,
  patchedFields,
  pickPatch,
  compareThreeWay,
  valueOf,
} from '#shared/domain/patch.ts';

// Few fields and values, so that payloads often agree; null and a missing field are both common.
const field = fc.constantFrom('name', 'size', 'notes', '__proto__');
const value: fc.Arbitrary<Json> = fc.constantFrom(null, '', 'a', 0, false, [], ['a'], { a: null });
const payload: fc.Arbitrary<JsonObject> = fc
  .uniqueArray(fc.tuple(field, value), { selector: ([key]) => key })
  .map((entries) => Object.fromEntries(entries));

describe('a patch', () => {
  test.prop([payload, payload])('between two payloads makes one of the other, and back', (a, b) => {
    const patch = patchBetween(a, b);
    expect(applyPatch(a, patch)).toEqual(b);
    expect(applyPatch(b, invertPatch(patch))).toEqual(a);
    expect(invertPatch(patch)).toEqual(patchBetween(b, a));
    expect(invertPatch(invertPatch(patch))).toEqual(patch);
  });

  test.prop([payload, payload])('names only fields that differ', (a, b) => {
    expect(isEmptyPatch(patchBetween(a, structuredClone(a)))).toBe(true);
    for (const key of patchedFields(patchBetween(a, b))) expect(valueOf(a, key)).not.toEqual(valueOf(b, key));
  });

  test.prop([payload, payload, payload])('leaves other fields and their order alone', (a, b, c) => {
    const patch = patchBetween(a, b);
    const fields = new Set(patchedFields(patch));
    const others = (of: JsonObject): string[] => Object.keys(of).filter((key) => !fields.has(key));
    expect(others(applyPatch(c, patch))).toEqual(others(c));
  });

  test.prop([payload, payload, fc.func<[string], boolean>(fc.boolean())])(
    'splits into parts',
    (a, b, keep) => {
      const patch = patchBetween(a, b);
      const part = applyPatch(
        a,
        pickPatch(patch, (key) => keep(key)),
      );
      expect(
        applyPatch(
          part,
          pickPatch(patch, (key) => !keep(key)),
        ),
      ).toEqual(b);
    },
  );

  test.prop([value])('tells null from a missing field', (other) => {
    const patch = patchBetween({ a: null, b: 1 }, { b: null });
    expect(patch).toEqual({ before: { a: null, b: 1 }, after: { b: null } });
    expect(applyPatch({ a: other, b: other, c: other }, patch)).toEqual({ b: null, c: other });
  });
});

test.prop([payload, payload, fc.uniqueArray(field)])(
  'an edit sets and removes its fields',
  (before, set, fields) => {
    const unset = fields.filter((key) => !Object.hasOwn(set, key));
    const after = applyEdit(before, { set, unset });
    const edited = editedFields({ set, unset });
    for (const key of edited) expect(valueOf(after, key)).toEqual(valueOf(set, key));
    for (const key of Object.keys(before).filter((one) => !edited.includes(one)))
      expect(valueOf(after, key)).toEqual(valueOf(before, key));
  },
);

describe('a three-way comparison', () => {
  const changes = (base: JsonObject, ours: JsonObject, theirs: JsonObject): Record<string, string> =>
    Object.fromEntries(compareThreeWay(base, ours, theirs).map((one) => [one.field, one.changed]));

  test.prop([payload, payload])('of one changed side finds the patch of that side', (base, changed) => {
    const fields = patchedFields(patchBetween(base, changed)).toSorted();
    const of = (found: Record<string, string>, side: string): void => {
      expect(Object.keys(found).toSorted()).toEqual(fields);
      expect(Object.values(found).every((one) => one === side)).toBe(true);
    };
    of(changes(base, changed, base), 'ours');
    of(changes(base, base, changed), 'theirs');
    of(changes(base, changed, changed), 'same');
  });

  test.prop([payload, payload, payload])('is the same from the other side', (base, ours, theirs) => {
    const swapped = { ours: 'theirs', theirs: 'ours', same: 'same', conflict: 'conflict' } as const;
    expect(compareThreeWay(base, theirs, ours).toSorted((a, b) => a.field.localeCompare(b.field))).toEqual(
      compareThreeWay(base, ours, theirs)
        .map((one) => ({ ...one, ours: one.theirs, theirs: one.ours, changed: swapped[one.changed] }))
        .toSorted((a, b) => a.field.localeCompare(b.field)),
    );
  });

  test.prop([payload, payload, payload])(
    'merges what does not conflict in either order',
    (base, ours, theirs) => {
      const found = compareThreeWay(base, ours, theirs);
      const isConflict = (key: string): boolean =>
        found.some((one) => one.field === key && one.changed === 'conflict');
      const free = (from: JsonObject, to: JsonObject) =>
        pickPatch(patchBetween(from, to), (key) => !isConflict(key));
      expect(applyPatch(applyPatch(base, free(base, ours)), free(base, theirs))).toEqual(
        applyPatch(applyPatch(base, free(base, theirs)), free(base, ours)),
      );
    },
  );
});
