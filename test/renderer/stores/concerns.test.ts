import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isConcerned } from '#renderer/stores/live.ts';
import { keys } from '#renderer/stores/queries.ts';
import { listOf } from '#shared/address/view.ts';
import { auditedTypes, entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';

const of = (...types: AuditedType[]): ReadonlySet<AuditedType> => new Set(types);
const { type } = listOf('team');
const read = {
  list: keys.list({ type, deleted: 'without' }),
  record: keys.record('team_1'),
  links: keys.links('team_1'),
  counts: keys.counts,
  lookup: [...keys.lookup(['team'], 'a'), 'all'],
  attention: keys.attention,
};

describe('queries refreshed after a change', () => {
  it('is all that hangs on records, of whatever type', () => {
    for (const changed of entityTypes) {
      for (const [name, key] of Object.entries(read)) expect(isConcerned(key, of(changed)), name).toBe(true);
      expect(isConcerned(keys.views, of(changed))).toBe(false);
      expect(isConcerned(keys.profiles, of(changed))).toBe(false);
    }
  });

  it('is the history after any change, and everything when people change', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...auditedTypes)), (types) => {
        expect(isConcerned(keys.undo, of(...types))).toBe(true);
        expect(isConcerned(keys.info, of(...types))).toBe(true);
      }),
    );
    for (const key of [...Object.values(read), keys.views, keys.profiles, ['network']])
      expect(isConcerned(key, of('profile'))).toBe(true);
  });
});
