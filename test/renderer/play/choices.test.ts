import { describe, expect, it } from 'vitest';
import type { Difference } from '#shared/contract/compare.ts';
import {
  decideField,
  decisionOf,
  decisionsOf,
  includeRecords,
  isLeftOut,
  hasOpenConflicts,
  noChoices,
  conflictsOf,
} from '#renderer/features/play/compare/choices.ts';

const field = (name: string, kind: Difference['fields'][number]['class']) => ({ field: name, class: kind });

const changed: Difference = {
  type: 'team',
  id: 'team_1',
  title: 'Radio',
  university: null,
  class: 'conflict',
  play: 'updated',
  live: 'updated',
  conflict: 'field',
  fields: [field('name', 'play'), field('size', 'conflict'), field('lifecycle', 'conflict')],
};
const gone: Difference = { ...changed, id: 'team_2', play: 'deleted', conflict: 'deleted' };
const plain: Difference = { ...changed, id: 'team_3', class: 'play', live: null, conflict: null };

describe('choices in a comparison', () => {
  it('asks about each field in conflict, or about the record as a whole, and about nothing else', () => {
    expect(conflictsOf(changed)).toEqual(['size', 'lifecycle']);
    expect(conflictsOf(gone)).toEqual([null]);
    expect(conflictsOf(plain)).toEqual([]);
  });

  it('are open until everything is decided; deciding the same again reopens', () => {
    let choices = decideField(noChoices, changed, 'size', 'play');
    expect(decisionOf(choices, changed, 'size')).toBe('play');
    expect(hasOpenConflicts(choices, changed)).toBe(true);
    choices = decideField(choices, changed, 'lifecycle', 'live');
    expect(hasOpenConflicts(choices, changed)).toBe(false);
    choices = decideField(choices, changed, 'lifecycle', 'play');
    expect(decisionOf(choices, changed, 'lifecycle')).toBe('play');
    choices = decideField(choices, changed, 'lifecycle', 'play');
    expect(decisionOf(choices, changed, 'lifecycle')).toBeNull();
    expect(hasOpenConflicts(choices, plain)).toBe(false);
  });

  it('exclude and include records, each of two with one id separately', () => {
    const twin: Difference = { ...gone, type: 'project' };
    const choices = includeRecords(noChoices, [changed, gone], false);
    expect([changed, gone, twin].map((one) => isLeftOut(choices, one))).toEqual([true, true, false]);
    expect(isLeftOut(includeRecords(choices, [gone], true), gone)).toBe(false);
    expect(noChoices.left.size).toBe(0);
    const both = decideField(decideField(choices, gone, null, 'play'), twin, null, 'live');
    expect(decisionsOf(both)).toEqual([{ type: 'project', id: 'team_2', field: null, take: 'live' }]);
  });
});
