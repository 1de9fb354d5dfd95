import { expect, test } from 'vitest';
import { verdictOn } from '#shared/domain/verdict.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { JsonObject } from '#shared/domain/json.ts';

const person = (role: Actor['role'], agent?: string): Actor => ({
  id: 'p',
  role,
  university_id: 'uni',
  agent,
});
const own = { name: 'Pair', university_id: 'uni' };

const ruleOf = (actor: Actor, before: JsonObject | null, after: JsonObject | null): string | null => {
  const verdict = verdictOn(actor, { type: 'repair', id: 'r', before, after }, () => []);
  return verdict.allowed ? null : verdict.rule;
};

test.each(['approved_on', 'approved_by', 'checked_on', 'checked_by'])(
  'only a researcher or admin sets or clears %s, and no agent',
  (field) => {
    const agreed = { ...own, [field]: '2026-05-01' };
    for (const [before, after] of [
      [own, agreed],
      [agreed, own],
      [null, agreed],
    ] as const) {
      expect(ruleOf(person('researcher'), before, after)).toBeNull();
      expect(ruleOf(person('admin'), before, after)).toBeNull();
      expect(ruleOf(person('editor'), before, after)).toBe('approval_needs_researcher');
      expect(ruleOf(person('admin', 'Helper'), before, after)).toBe('agents_never_approve');
    }
  },
);

test('an agent neither finishes a repair nor is kept from other changes of it', () => {
  const agent = person('admin', 'Helper');
  expect(ruleOf(agent, own, { ...own, done_on: '2026-05-01' })).toBe('agents_never_approve');
  expect(
    ruleOf(
      agent,
      { ...own, approved_on: '2026-05-01' },
      { ...own, name: 'Mentor', approved_on: '2026-05-01' },
    ),
  ).toBeNull();
  expect(ruleOf(person('editor'), own, { ...own, done_on: '2026-05-01' })).toBeNull();
});

test('the proposer of a repair stays, unless a recorded one comes back', () => {
  const [stored, other] = [
    { ...own, proposed_by: 'Bo' },
    { ...own, proposed_by: 'Cy' },
  ];
  const admin = person('admin');
  expect(ruleOf(admin, own, stored)).toBeNull();
  expect(ruleOf(admin, stored, null)).toBeNull();
  expect(ruleOf(admin, stored, { ...stored, name: 'Mentor' })).toBeNull();
  for (const after of [other, own]) expect(ruleOf(admin, stored, after)).toBe('own_name_only');
  const change = { type: 'repair', id: 'r', before: stored, after: other, recorded: other } as const;
  expect(verdictOn(admin, change, () => []).allowed).toBe(true);
});
