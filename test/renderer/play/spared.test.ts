import { describe, expect, it } from 'vitest';
import type { Difference } from '#shared/contract/compare.ts';
import { decide, isLeft, noChoices, settled } from '#renderer/features/play/compare/choices.ts';
import type { Choices } from '#renderer/features/play/compare/choices.ts';
import { pick } from '#renderer/features/play/compare/needed.ts';
import { spare, spareRest, tickedAnyway } from '#renderer/features/play/compare/spared.ts';

const row = (type: Difference['type'], id: string, more: Partial<Difference> = {}): Difference => ({
  type,
  id,
  title: id,
  university: null,
  class: 'play',
  play: 'updated',
  live: null,
  conflict: null,
  fields: [],
  ...more,
});
const was = (field: string, base: string, play?: string | null): Difference['fields'][number] => ({
  field,
  class: 'play',
  base,
  live: base,
  ...(play === undefined ? {} : { play }),
});

/** Play deleted a team that live changed: a student lost it, a link went, another student was moved away before. */
const team = row('team', 't1', { class: 'conflict', play: 'deleted', live: 'updated', conflict: 'deleted' });
const ada = row('student', 'ada', { fields: [was('team_id', 't1', null)] });
const bea = row('student', 'bea', { fields: [was('team_id', 't1', 't2')] });
const link = row('interface', 'l1', { play: 'deleted', fields: [was('from', 't1'), was('to', 't2')] });
const other = row('team', 't2');
const rows = [team, ada, bea, link, other];
const out = (choices: Choices): string[] => rows.filter((one) => isLeft(choices, one)).map(({ id }) => id);
const decided = (choices: Choices, take: 'live' | 'play'): Choices =>
  spare(decide(choices, team, null, take), rows, team);

describe('a record that Play deleted and live changed', () => {
  it('keeps what would go with it where live counts, and loses it again where Play does, or nothing is decided', () => {
    const kept = decided(noChoices, 'live');
    expect(out(kept)).toEqual(['ada', 'l1']);
    expect(out(decided(kept, 'play'))).toEqual([]);
    expect(out(decided(kept, 'live'))).toEqual([]);
  });

  it('takes in again only what was left out for it', () => {
    const own = pick(noChoices, rows, ada, false);
    const kept = decided(own, 'live');
    expect(out(kept)).toEqual(['ada', 'l1']);
    expect(out(decided(kept, 'play'))).toEqual(['ada']);
    expect(out(decided(pick(decided(noChoices, 'live'), rows, link, true), 'play'))).toEqual([]);
  });

  it('keeps it too where live counts for all that nobody decided, and not where Play was decided', () => {
    expect(out(spareRest(noChoices, rows))).toEqual(['ada', 'l1']);
    expect(out(spareRest(decided(noChoices, 'play'), rows))).toEqual([]);
  });

  it('no longer keeps it once it is another, so that it is to be decided anew', () => {
    const kept = decided(noChoices, 'live');
    expect(out(settled(kept, rows))).toEqual(['ada', 'l1']);
    const changed = { ...team, fields: [was('size', '3', '4')] };
    expect(out(settled(kept, [changed, ...rows.slice(1)]))).toEqual([]);
  });

  it('keeps what went with what went with it', () => {
    const university = { ...team, type: 'university' as const, id: 'u1' };
    const gone = row('team', 't1', { play: 'deleted', fields: [was('university_id', 'u1')] });
    const all = [university, gone, ada, link];
    const kept = spare(decide(noChoices, university, null, 'live'), all, university);
    expect(all.filter((one) => isLeft(kept, one)).map(({ id }) => id)).toEqual(['t1', 'ada', 'l1']);
  });

  it('keeps what two of them would take along until neither is kept', () => {
    const [u1, p1] = [
      { ...team, type: 'university' as const, id: 'u1' },
      { ...team, type: 'project' as const, id: 'p1' },
    ];
    const gone = row('team', 't1', {
      play: 'deleted',
      fields: [was('university_id', 'u1'), was('project_id', 'p1')],
    });
    const all = [u1, p1, gone];
    const said = (choices: Choices, one: Difference, take: 'live' | 'play'): Choices =>
      spare(decide(choices, one, null, take), all, one);
    const kept = said(said(noChoices, p1, 'live'), u1, 'live');
    const still = said(kept, p1, 'play');
    expect(isLeft(still, gone)).toBe(true);
    expect(isLeft(said(kept, u1, 'play'), gone)).toBe(true);
    expect(isLeft(said(still, u1, 'play'), gone)).toBe(false);
    expect(isLeft(settled(kept, [p1, gone]), gone)).toBe(true);
  });

  it('leaves out nobody of whom more was changed, and nobody who lost it in live as well', () => {
    const name = { field: 'name', class: 'play', base: 'Ada', live: 'Ada', play: 'Ada L.' } as const;
    const both = { field: 'team_id', class: 'same', base: 't1', live: null, play: null } as const;
    for (const fields of [[was('team_id', 't1', null), name], [both, name], [both]]) {
      const all = [team, row('student', 'ada', { live: 'updated', fields })];
      const kept = spare(decide(noChoices, team, null, 'live'), all, team);
      expect(isLeft(kept, ada)).toBe(false);
      expect(tickedAnyway(kept, all)).toEqual([]);
      expect(isLeft(pick(noChoices, all, team, false), ada)).toBe(false);
    }
  });

  it('is told with what somebody ticks all the same', () => {
    const kept = pick(decided(noChoices, 'live'), rows, link, true);
    const told = { type: 'interface', id: 'l1', field: null, take: 'play' };
    expect(tickedAnyway(kept, rows)).toEqual([told]);
    expect(tickedAnyway(pick(pick(noChoices, rows, team, false), rows, link, true), rows)).toEqual([told]);
    expect(tickedAnyway(decided(noChoices, 'play'), rows)).toEqual([]);
  });

  it('keeps it where it is not ticked either, as before', () => {
    expect(out(pick(noChoices, rows, team, false))).toEqual(['t1', 'ada', 'l1']);
  });
});
