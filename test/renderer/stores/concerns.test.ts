import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAffected } from '#renderer/stores/refresh-queries.ts';
import { queryKeys } from '#renderer/stores/queries.ts';
import { listOf } from '#shared/address/view.ts';
import { auditedTypes, entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';

const of = (...types: AuditedType[]): ReadonlySet<AuditedType> => new Set(types);
const { type } = listOf('team');
const read = {
  list: queryKeys.list({ type, deleted: 'without' }),
  record: queryKeys.record('team_1'),
  links: queryKeys.links('team_1'),
  counts: queryKeys.counts,
  lookup: [...queryKeys.lookup(['team'], 'a'), 'all'],
  attention: queryKeys.attention,
};

describe('queries refreshed after a change', () => {
  it('is all that hangs on records, of whatever type', () => {
    for (const changed of entityTypes) {
      for (const [name, key] of Object.entries(read)) expect(isAffected(key, of(changed)), name).toBe(true);
      expect(isAffected(queryKeys.views, of(changed))).toBe(false);
      expect(isAffected(queryKeys.profiles, of(changed))).toBe(false);
    }
  });

  it('is the history after any change, and everything when people change', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...auditedTypes)), (types) => {
        expect(isAffected(queryKeys.undo, of(...types))).toBe(true);
        expect(isAffected(queryKeys.info, of(...types))).toBe(true);
      }),
    );
    for (const key of [...Object.values(read), queryKeys.views, queryKeys.profiles, ['network']])
      expect(isAffected(key, of('profile'))).toBe(true);
  });
});
