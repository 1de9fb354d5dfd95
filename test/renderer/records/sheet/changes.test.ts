import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { readEdit, withChange } from '#renderer/features/records/bulk/BulkPanel.tsx';
import { columnsOf, summariesOf, summaryOf } from '#renderer/features/records/columns.ts';
import { updatesOf } from '#renderer/features/records/sheet/changes.ts';
import { valuesOfFilters } from '#renderer/features/records/sheet/paste-plan.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';

const team = (id: string, payload: JsonObject): EntityRecord => ({
  id,
  type: 'team',
  title: id,
  university_id: null,
  payload: { name: id, ...payload },
  derived: {},
  created_at: '',
  updated_at: '',
  deleted_at: null,
  hidden: false,
});
const field = (key: string): Field => fieldOf('team', key) as Field;

describe('cells as changes', () => {
  it('one for each record, without unchanged values', () => {
    const [one, two] = [team('a', { size: 4 }), team('b', { size: 5, meta: { x: 1 } })];
    expect(
      updatesOf([
        { record: one, field: field('size'), value: 4 },
        { record: one, field: field('discipline'), value: '' },
        { record: two, field: field('size'), value: 6 },
        { record: two, field: field('meta'), value: undefined },
        { record: two, field: field('lifecycle'), value: null },
      ]),
    ).toEqual([{ kind: 'update', type: 'team', id: 'b', data: { size: 6 }, unset: ['meta'] }]);
  });

  it('a new record has the values of the list’s filters', () => {
    const filters = [
      { field: 'lifecycle', op: 'is' as const, value: 'incoming' },
      { field: 'size', op: 'gte' as const, value: 2 },
      { field: 'project_id', op: 'is' as const, value: null },
      { field: 'status', op: 'is' as const, value: 'x' },
    ];
    expect(valuesOfFilters(filters, 'team')).toEqual({ lifecycle: 'incoming' });
  });
});

describe('fields of many records', () => {
  it('are set or emptied as edited, with their problems', () => {
    const touched = withChange(withChange({ size: '0' }, 'lifecycle', ''), 'discipline', 'ground');
    expect(readEdit('team', touched)).toEqual({
      edit: { set: { lifecycle: null, discipline: 'ground' }, unset: [] },
      problems: { size: 'must be at least 1' },
    });
    expect(readEdit('team', withChange(touched, 'size', null)).problems).toEqual({});
  });
});

describe('sums and groups', () => {
  const columns = columnsOf('team', false);
  it('people are summed, durations averaged, and tallies summed only if chosen', () => {
    const shown = columns.filter(({ key }) => ['name', 'size', 'experience', 'links'].includes(key));
    expect(summariesOf(shown, {})).toEqual([
      { field: 'size', of: 'sum' },
      { field: 'experience', of: 'mean' },
    ]);
    expect(summariesOf(shown, { summaries: { links: 'max', size: 'none', name: 'sum' } })).toEqual([
      { field: 'experience', of: 'mean' },
      { field: 'links', of: 'max' },
    ]);
    const [year] = columnsOf('outcome', false).filter(({ key }) => key === 'cohort_year');
    expect(year && summaryOf(year, {})).toBe('none');
  });
});
