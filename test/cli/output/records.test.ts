import { describe, expect, test } from 'vitest';
import { mention, recordColumns, recordLines, valueText } from '#cli/output/records.ts';
import { tableLines } from '#cli/output/table.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { entityTypes } from '#shared/domain/types.ts';

const student: EntityRecord = {
  id: 'stud_1',
  type: 'student',
  title: 'Mira Chen',
  university_id: 'univ_1',
  payload: {
    name: 'Mira Chen',
    university_id: 'univ_1',
    team_id: null,
    terms_remaining: 1,
    is_lead: true,
    shoe: { size: 40 },
  },
  derived: { university_title: 'Summit State', status: 'outgoing', links: 0 },
  created_at: '2026-11-20T08:30:00.000Z',
  updated_at: '2026-11-20T08:31:00.000Z',
  deleted_at: null,
};

test('a record on its own shows every field it holds, known and unknown, and what is computed', () => {
  expect(recordLines(student)).toEqual([
    'Mira Chen',
    'Student stud_1',
    '',
    '  Name             Mira Chen',
    '  University       Summit State (univ_1)',
    '  Team             none',
    '  Terms remaining  1',
    '  Lead             yes',
    '  shoe             {"size":40}',
    '  Status           outgoing',
    '  Links            0',
    '  Created          2026-11-20 08:30:00',
    '  Changed          2026-11-20 08:31:00',
  ]);
  expect(recordLines({ ...student, deleted_at: '2026-11-20T09:00:00.000Z' }).at(-1)).toBe(
    '  Deleted          2026-11-20 09:00:00',
  );
});

test('a long text keeps its lines, below one another', () => {
  const payload = { name: 'T', description: 'One\nTwo\r\nThree' };
  const lines = recordLines({ ...student, type: 'team', payload, derived: {} });
  expect(lines.slice(3, 7)).toEqual([
    '  Name         T',
    '  Description  One',
    '               Two',
    '               Three',
  ]);
});

test('a list names what is referred to, and shows when a record was deleted', () => {
  const lines = tableLines(recordColumns('student'), [
    student,
    { ...student, id: 'stud_2', deleted_at: '2026-11-20T09:00:00.000Z' },
  ]);
  expect(lines[0]).toMatch(/^ID +Name +University +Terms remaining +Lead +Status +Deleted$/);
  expect(lines[2]).toMatch(/^stud_1 +Mira Chen +Summit State +1 +yes +outgoing$/);
  expect(lines[3]).toMatch(/2026-11-20 09:00:00$/);
});

describe('every type', () => {
  test.each(entityTypes)('%s has columns with names of their own', (type) => {
    const titles = recordColumns(type).map(({ title }) => title);
    expect(titles[0]).toBe('ID');
    expect(new Set(titles).size).toBe(titles.length);
  });
});

test('a value is told in words', () => {
  expect([undefined, null, true, false, 35, 'x', [1]].map((value) => valueText(value))).toEqual([
    '',
    '',
    'yes',
    'no',
    '35',
    'x',
    '[1]',
  ]);
  expect(valueText(35, 'percent')).toBe('35 %');
});

test('a sentence names a record with its id', () => {
  expect(mention(student)).toBe('student "Mira Chen" (stud_1)');
  expect(mention({ type: 'outcome', id: 'out_1', title: '' })).toBe('outcome out_1');
});
