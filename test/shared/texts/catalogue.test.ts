import { expect, test } from 'vitest';
import { Fault } from '#shared/contract/faults.ts';
import { syncReasons } from '#shared/contract/reasons.ts';
import { denialRules } from '#shared/domain/permissions.ts';
import { labelText } from '#cli/output/history.ts';
import { labelParameters } from '#shared/texts/labels.ts';
import faults from '#shared/texts/en/faults.ts';

test.each(Object.keys(labelParameters))(
  'the label %s is described without parameters, as an erased one',
  (label) => {
    expect(labelText(label, {})).toMatch(/^[A-Z][^{}]+$/);
    expect(labelText(label, {})).not.toContain('undefined');
  },
);

test.each(syncReasons)('SYNC, reason %s, is worded by its code', (reason) => {
  expect(new Fault('SYNC', { reason }).message).toContain(faults.sync[reason].title);
});

test.each(denialRules)('FORBIDDEN, rule %s, is worded by its code', (rule) => {
  expect(new Fault('FORBIDDEN', { rule, type: 'team', id: 'a' }).message).toBe(faults.rule[rule]);
});

test('the parameters of an error are in its sentence', () => {
  const { message } = new Fault('UNKNOWN_ACTOR', { actor: 'Ada', candidates: ['p-1', 'p-2'] });
  expect(message).toMatch(/Ada.*p-1, p-2/);
  expect(new Fault('NOT_FOUND', { type: 'team', id: 't', state: 'hidden' }).message).toMatch(/"t" is hidden/);
  const issues = [
    { path: 'changes.3.size', code: 'too_big', message: 'is too large' },
    { path: 'name', code: 'required', message: 'must be filled in' },
  ];
  expect(new Fault('INVALID', { issues }).message).toMatch(/Change 4: size: is too large \(and 1 more\)/);
});
