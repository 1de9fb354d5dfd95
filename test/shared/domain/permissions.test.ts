import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isSharedProject, changeVerdict, sandboxVerdict } from '#shared/domain/permissions.ts';
import type { Subject } from '#shared/domain/permissions.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { allowed, lineOf, lines } from '#test/support/permission-model.ts';
import type { Thing, Whose } from '#test/support/permission-model.ts';

const plainTypes = entityTypes.filter((type) => type !== 'interface' && type !== 'university');
const universityOf: Record<Whose, string | null> = { own: 'uni-own', other: 'uni-other', nobody: null };

const whose = fc.constantFrom<Whose[]>('own', 'other', 'nobody');
const known = fc.constantFrom<('own' | 'other')[]>('own', 'other');
const thing: fc.Arbitrary<Thing> = fc.oneof(
  fc.record({ what: fc.constant('record' as const), whose }),
  fc.record({ what: fc.constant('shared project' as const), whose }),
  fc.record({ what: fc.constant('interface' as const), ends: fc.tuple(whose, whose) }),
  fc.record({
    what: fc.constant('university' as const),
    whose: known,
    deed: fc.constantFrom('fields', 'whole'),
  }),
  fc.constant({ what: 'profile' as const }),
  fc.record({ what: fc.constant('name of a profile' as const), whose: known }),
  fc.constant({ what: 'position' as const }),
  fc.constant({ what: 'workspace' as const }),
  fc.constant({ what: 'upkeep' as const }),
  fc.record({ what: fc.constant('view' as const), whose: known }),
);

function subjectOf(one: Thing, type: (typeof plainTypes)[number]): Subject {
  if (one.what === 'profile') return { type: 'profile', universities: [null] };
  if (one.what === 'name of a profile') {
    const owner = one.whose === 'own' ? 'prof' : 'other';
    return { type: 'profile', universities: [null], owner, isNameChange: true };
  }
  if (one.what === 'position') return { type: 'position', universities: [null] };
  if (one.what === 'workspace') return { type: 'workspace', universities: [null] };
  if (one.what === 'upkeep') return { type: 'workspace', universities: [null], isSettings: true };
  if (one.what === 'view')
    return { type: 'view', universities: [null], owner: one.whose === 'own' ? 'prof' : 'other' };
  if (one.what === 'interface')
    return { type: 'interface', universities: one.ends.map((end) => universityOf[end]) };
  const universities = [universityOf[one.whose]];
  if (one.what === 'university')
    return { type: 'university', universities, isWholeRecord: one.deed === 'whole' };
  if (one.what === 'shared project') return { type: 'project', universities, isShared: true };
  return { type, universities };
}

test('mayChange equals the table of rights', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...vocabulary.role),
      thing,
      fc.constantFrom(...plainTypes),
      (role, one, type) => {
        const actor = { id: 'prof', role, university_id: 'uni-own' };
        met.add(lineOf(one));
        expect(changeVerdict(actor, subjectOf(one, type)).allowed).toBe(allowed(role, one));
      },
    ),
    { numRuns: 1500 },
  );
  expect([...met].toSorted()).toEqual(lines.toSorted());
});

test('a profile without a university owns nothing, not even records without one', () => {
  const actor = { id: 'prof', role: 'editor', university_id: null } as const;
  for (const type of entityTypes) {
    expect(changeVerdict(actor, { type, universities: [null] }).allowed, type).toBe(false);
  }
});

test('a moved record must be the own one before and after', () => {
  const actor = { id: 'prof', role: 'editor', university_id: 'uni-own' } as const;
  expect(changeVerdict(actor, { type: 'team', universities: ['uni-own', 'uni-other'] })).toEqual({
    allowed: false,
    rule: 'own_university_only',
  });
  expect(changeVerdict(actor, { type: 'team', universities: [] }).allowed).toBe(false);
});

test('a sandbox is managed by its author and admins, and by admins only if the author is unknown', () => {
  const own = { admin: true, researcher: true, editor: true, viewer: false };
  for (const [role, allowed] of Object.entries(own) as [Role, boolean][]) {
    const actor = { id: 'prof', role, university_id: null };
    expect(sandboxVerdict(actor, 'prof').allowed, role).toBe(allowed);
    for (const other of ['else', null])
      expect(sandboxVerdict(actor, other).allowed, role).toBe(role === 'admin');
  }
  const editor = { id: 'prof', role: 'editor', university_id: null } as const;
  expect(sandboxVerdict(editor, null)).toEqual({ allowed: false, rule: 'own_sandbox_only' });
});

test('people may change only the name of their own profile', () => {
  for (const role of ['researcher', 'editor', 'viewer'] as const) {
    const actor = { id: 'prof', role, university_id: 'uni-own' };
    for (const more of [{}, { isNameChange: false }, { isWholeRecord: true }]) {
      const own: Subject = { type: 'profile', universities: ['uni-own'], owner: 'prof', ...more };
      expect(changeVerdict(actor, own).allowed, role).toBe(false);
    }
    const other: Subject = { type: 'team', universities: ['uni-other'], owner: 'prof', isNameChange: true };
    expect(changeVerdict({ ...actor, role: 'viewer' }, other).allowed).toBe(false);
  }
});

describe('a project is shared', () => {
  test.each([
    [{ university_id: 'u', is_collaborative: true }, true],
    [{ university_id: null }, true],
    [{}, true],
    [{ university_id: 'u' }, false],
    [{ university_id: 'u', is_collaborative: false }, false],
    [{ university_id: 'u', is_collaborative: null }, false],
  ])('%j: %s', (payload, shared) => {
    expect(isSharedProject('project', payload)).toBe(shared);
    expect(isSharedProject('team', payload)).toBe(false);
  });
});

test('the past is read-only for everybody, with that reason', () => {
  fc.assert(
    fc.property(
      thing,
      fc.constantFrom(...plainTypes),
      fc.constantFrom<Role[]>(...vocabulary.role),
      (one, type, role) => {
        const actor = { id: 'prof', role, university_id: 'uni-own', isPast: true };
        expect(changeVerdict(actor, subjectOf(one, type))).toEqual({
          allowed: false,
          rule: 'moment_read_only',
        });
      },
    ),
  );
});
