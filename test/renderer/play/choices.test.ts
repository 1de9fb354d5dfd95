import { describe, expect, it } from 'vitest';
import type { Difference } from '#shared/contract/compare.ts';
import {
  decide,
  decidedAnew,
  decisionOf,
  decisionsOf,
  include,
  includeAll,
  isLeft,
  isOpen,
  leftCount,
  noChoices,
  questionsOf,
  settled,
} from '#renderer/features/play/compare/choices.ts';
import { pick } from '#renderer/features/play/compare/needed.ts';

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

describe('what is chosen of a comparison', () => {
  it('asks about each field in conflict, or about the record as a whole, and about nothing else', () => {
    expect(questionsOf(changed)).toEqual(['size', 'lifecycle']);
    expect(questionsOf(gone)).toEqual([null]);
    expect(questionsOf(plain)).toEqual([]);
  });

  it('is open until everything is decided; what is decided twice alike is open again', () => {
    let choices = decide(noChoices, changed, 'size', 'play');
    expect(decisionOf(choices, changed, 'size')).toBe('play');
    expect(isOpen(choices, changed)).toBe(true);
    choices = decide(choices, changed, 'lifecycle', 'live');
    expect(isOpen(choices, changed)).toBe(false);
    choices = decide(choices, changed, 'lifecycle', 'play');
    expect(decisionOf(choices, changed, 'lifecycle')).toBe('play');
    choices = decide(choices, changed, 'lifecycle', 'play');
    expect(decisionOf(choices, changed, 'lifecycle')).toBeNull();
    expect(isOpen(choices, plain)).toBe(false);
  });

  it('takes what somebody decides, and keeps what was not before them', () => {
    const kept = include(
      decide(decide(noChoices, changed, 'size', 'play'), gone, null, 'live'),
      [plain],
      false,
    );
    const shown = decide(noChoices, gone, null, 'live');
    const opened = decidedAnew(kept, shown, decide(shown, gone, null, 'live'));
    expect(decisionOf(opened, gone, null)).toBeNull();
    expect(decisionOf(opened, changed, 'size')).toBe('play');
    expect(isLeft(opened, plain)).toBe(true);
    const anew = decidedAnew(kept, noChoices, decide(noChoices, changed, 'size', 'live'));
    expect(decisionOf(anew, changed, 'size')).toBe('live');
    expect(decisionOf(anew, gone, null)).toBe('live');
  });

  it('leaves records out and takes them in again, each of two that have one id by itself', () => {
    const twin: Difference = { ...gone, type: 'project' };
    const choices = include(noChoices, [changed, gone], false);
    expect([changed, gone, twin].map((one) => isLeft(choices, one))).toEqual([true, true, false]);
    expect(isLeft(include(choices, [gone], true), gone)).toBe(false);
    expect(noChoices.left.size).toBe(0);
    const both = decide(decide(choices, gone, null, 'play'), twin, null, 'live');
    expect(decisionsOf(both)).toEqual([{ type: 'project', id: 'team_2', field: null, take: 'live' }]);
  });
});

describe('what is carried over only by name', () => {
  const frames: Difference = { ...plain, type: 'profile', id: 'prof_1', by_name: true };
  const rows = [plain, frames];

  it('stays out until it is ticked by itself, and ticking all leaves it out', () => {
    expect(isLeft(noChoices, frames)).toBe(true);
    expect(leftCount(noChoices, { by_name: 1 })).toBe(1);
    const all = includeAll(includeAll(noChoices, rows, false), rows, true);
    expect(rows.map((row) => isLeft(all, row))).toEqual([false, true]);
    expect(isLeft(includeAll(noChoices, [frames], true), frames)).toBe(false);
    const ticked = pick(noChoices, rows, frames, true);
    expect(isLeft(ticked, frames)).toBe(false);
    expect(leftCount(ticked, { by_name: 1 })).toBe(0);
    expect(isLeft(pick(ticked, rows, frames, false), frames)).toBe(true);
    expect(isLeft(includeAll(ticked, rows, false), frames)).toBe(true);
  });

  it('stays ticked as long as it differs, and goes out with what it cannot be without', () => {
    const home: Difference = { ...plain, type: 'university', id: 'u1', play: 'created' };
    const of = { ...field('university_id', 'play'), play: 'u1' };
    const member: Difference = { ...frames, play: 'created', fields: [of] };
    const both = [home, member];
    const without = pick(noChoices, both, home, false);
    const again = pick(without, both, member, true);
    expect(both.map((row) => isLeft(again, row))).toEqual([false, false]);
    expect(isLeft(settled(again, both), member)).toBe(false);
    expect(settled(again, [home]).named.size).toBe(0);
    expect(both.map((row) => isLeft(pick(again, both, home, false), row))).toEqual([true, true]);
  });
});
