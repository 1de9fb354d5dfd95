import { describe, expect, test } from 'vitest';
import {
  changeLines,
  conflictLines,
  labelText,
  stepLines,
  transactionText,
  whoMade,
} from '#cli/output/history.ts';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';

const transaction: AuditTransaction = {
  id: 3,
  op_id: 'op-3',
  label: 'team.update',
  params: { type: 'team', id: 'team_1', title: 'Thermal' },
  actor: { id: 'prof_1', name: 'Ada' },
  created_at: '2026-11-20T08:30:00.000Z',
  changes: 1,
  undoes: null,
  redoes: null,
  undone: false,
  hash: 'abc',
};

const change: AuditChange = {
  id: 4,
  action: 'update',
  type: 'team',
  entity_id: 'team_1',
  title: 'Thermal',
  university_id: null,
  before: { size: 4, note: 'a\nb', project_id: null },
  after: { size: 5, project_id: 'proj_1', tags: ['x'] },
  meta: {},
  created_at: '2026-11-20T08:30:00.000Z',
};

describe('what was done', () => {
  test.each([
    ['team.create', { title: 'Thermal' }, 'created team "Thermal"'],
    ['risk-factor.delete', { id: 'risk_1' }, 'deleted risk factor risk_1'],
    ['interface.restore', { title: 'A → B' }, 'restored interface "A → B"'],
    ['workspace.create', { title: 'Ada' }, 'created the workspace'],
    ['workspace.restored', { backup: '20261120T083000000Z' }, 'restored the backup 20261120T083000000Z'],
    ['profile.rename', { title: 'Mira', was: 'root' }, 'renamed the profile "root" to "Mira"'],
    [
      'profile.change',
      { title: 'Mira', was: 'root', role: 'editor', university: 'Summit' },
      'changed the profile "Mira": formerly "root", role editor, university "Summit"',
    ],
    ['profile.change', { title: 'Mira', university: null }, 'changed the profile "Mira": no university'],
    ['profile.change', { title: 'Mira' }, 'changed the profile "Mira"'],
    ['import', { source: 'data.json' }, 'imported data.json'],
    ['import', {}, 'imported a file'],
    ['sheet.import', { source: 'teams.csv', type: 'team', count: 2 }, 'imported the table teams.csv'],
    ['sheet.import', {}, 'imported a table'],
    ['seed', { size: 'small' }, 'filled the workspace with sample data'],
    ['undo', { label: 'team.create', params: { title: 'Thermal' } }, 'created team "Thermal"'],
    ['records.edit', { type: 'team', count: 40, fields: ['size'] }, 'changed 40 teams'],
    ['records.change', { type: 'team', count: 3, created: 3 }, 'added or changed 3 teams'],
    ['records.change', { count: 2, created: 0 }, 'changed 2 records'],
    ['records.remove', { type: 'interface', count: 1200 }, 'deleted 1,200 interfaces'],
    ['records.restore', { type: 'student', count: 2, links: 1 }, 'restored 2 students'],
    ['view.create', { title: 'Weak links' }, 'created saved view "Weak links"'],
    ['sandbox.promoted', { name: 'What if', count: 3 }, 'promoted 3 records from the sandbox "What if"'],
    ['sandbox.adopted', { title: 'Ours' }, 'called the workspace "Ours" here too, as in live'],
    ['sandbox.refreshed', { count: 1 }, 'brought 1 record from live into the sandbox'],
    ['positions.arrange', { count: 1, title: 'Thermal' }, 'moved "Thermal" in the network'],
    ['positions.release', { count: 12 }, 'forgot 12 positions'],
    ['something.new', {}, 'something.new'],
    ['later', { title: 3 }, 'later'],
  ])('%s', (label, params, words) => {
    expect(labelText(label, params)).toBe(words);
  });

  test('tells an undo and a redo from the change itself', () => {
    expect(transactionText(transaction)).toBe('Changed team "Thermal"');
    expect(transactionText({ ...transaction, undoes: 'op-2' })).toBe('Undone: changed team "Thermal"');
    expect(transactionText({ ...transaction, redoes: 'op-2' })).toBe('Done again: changed team "Thermal"');
  });
});

test('a change shows both sides of each field, absent told from null', () => {
  expect(changeLines(change)).toEqual([
    '~ changed team "Thermal" (team_1)',
    '    size: 4 → 5',
    String.raw`    note: "a\nb" → (absent)`,
    '    project_id: null → "proj_1"',
    '    tags: (absent) → ["x"]',
  ]);
  expect(changeLines({ ...change, action: 'delete', after: null })).toEqual([
    '- deleted team "Thermal" (team_1)',
  ]);
  expect(changeLines({ ...change, action: 'create', before: null, title: '' })).toEqual([
    '+ created team (team_1)',
  ]);
});

test('what stands in the way of an undo is said field by field', () => {
  const conflicts = [
    { type: 'team', id: 'team_1', title: 'Thermal', field: 'size', reason: 'changed_since' as const },
    { type: 'university', id: 'univ_1', title: '', field: null, reason: 'in_use' as const },
  ];
  expect(conflictLines(conflicts)).toEqual([
    '  size of team "Thermal" (team_1) has been changed since',
    '  university (univ_1) is in use by others',
  ]);
  const step = { label: 'team.update', params: { title: 'Thermal' }, changes: 2, left: conflicts };
  expect(stepLines('Undone', step)).toHaveLength(4);
  expect(stepLines('Undone', { ...step, left: [] })).toEqual(['Undone: changed team "Thermal" (2 changes).']);
});

test('who made a change is called by name, and somebody whose profile is not here by no id', () => {
  expect(whoMade({ id: 'prof_1', name: 'Ada' })).toBe('Ada');
  for (const name of ['prof_1', '']) expect(whoMade({ id: 'prof_1', name })).toBe('somebody unknown here');
});
