import { describe, expect, it } from 'vitest';
import { openFields, unknownCheck, unknownValuesOf } from '#renderer/features/home/attention/sentences.ts';
import {
  answerMatters,
  topMatters,
  attentionKinds,
  recordMatters,
} from '#renderer/features/home/attention/sentences.ts';
import type { Findings } from '#renderer/features/home/attention/sentences.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';

const nothing: Findings = { counts: [], unknown: [] };
const discipline = { type: 'team', field: 'discipline', list: 'discipline' } as const;

describe('values that are on no list', () => {
  it('are distinguished from known ones, from nothing, and from other types', () => {
    const held = [
      { value: 'software', count: 9 },
      { value: 'astrology', count: 3 },
      { value: null, count: 2 },
      { value: '', count: 1 },
      { value: 'alchemy', count: 1 },
    ];
    expect(unknownValuesOf(discipline, held)).toEqual({
      ...discipline,
      values: ['astrology', 'alchemy'],
      count: 4,
    });
    expect(unknownValuesOf(discipline, held.slice(0, 1))).toBeNull();
  });

  it('open the list of just the records that hold them', () => {
    expect(unknownCheck({ ...discipline, values: ['astrology'], count: 1 })).toEqual({
      type: 'team',
      filters: [{ field: 'discipline', op: 'in', value: ['astrology'] }],
    });
  });

  it('are searched in every field with an open list', () => {
    const named = openFields.map(({ type, field }) => `${type}.${field}`);
    expect(named).toContain('team.lifecycle');
    expect(named).toContain('interface.bond_type');
    expect(named).toContain('faculty.role');
    expect(new Set(named).size).toBe(named.length);
  });
});

describe('items that need attention', () => {
  it('name records without a university, and who may change them to those who may not', () => {
    const counts = attentionKinds.map(({ id }) => (id === 'unassigned' ? [0, 0, 2] : []));
    const found = { ...nothing, counts };
    expect(recordMatters(found, true)[0]?.text).toBe(
      '2 students. Only researchers and admins can change these records.',
    );
    const [matter] = recordMatters(found);
    expect(matter?.text).toBe('2 students.');
    expect(matter?.links).toHaveLength(1);
  });

  const item = (value: number, changed: Partial<Insight> = {}): Insight => ({
    id: `team ${value}`,
    type: 'team',
    title: 'Radio',
    alike: 1,
    university: null,
    value,
    confidence: 0.9,
    in_top: 0.9,
    reason: '',
    because: { code: 'person', params: { links: 2, undocumented: 1 } },
    records: [],
    record_count: 0,
    interventions: [{ title: '', code: 'pair', params: {}, value: 0, changes: [] }],
    ...changed,
  });
  const answer = (question: Answer['question'], ...items: Insight[]) =>
    ({ question, items, ranked: items.length, runs: 200, since: null }) as unknown as Answer;
  const ids = (...answers: Answer[]) => answerMatters(answers).map(({ id }) => id);

  it('name the largest departure unless others of its type cost about the same', () => {
    expect(ids(answer('leavers', item(0.3), item(0.29), item(0.1), item(0.1)))).toEqual(['leavers']);
    expect(ids(answer('leavers', ...[0.3, 0.29, 0.28, 0.27].map((value) => item(value))))).toEqual([]);
    const person = item(0.01, { type: 'student' });
    expect(ids(answer('leavers', item(0.3), item(0.3), item(0.3), person, person, person))).toEqual([]);
    expect(ids(answer('expertise', item(0.29), item(0.28)))).toEqual(['expertise']);
  });

  const documenting = item(0.1, {
    interventions: [
      { title: '', code: 'write_down', params: {}, value: 0, changes: [{ do: 'document', id: 'l' }] },
    ],
  });

  it('begins with those who leave soon, then the largest effect', () => {
    const answers = [
      answer('expertise', item(0.2)),
      answer('leavers', item(0.3)),
      answer('leaving', documenting),
    ];
    expect(ids(...answers)).toEqual(['leaving', 'leavers', 'expertise']);
  });

  it('leave out those who leave soon unless something is undocumented or unusual', () => {
    const unusual = item(0.1, { because: { code: 'leaving_team', params: { unusual: 1 } } });
    expect(ids(answer('leaving', item(0.3)))).toEqual([]);
    expect(ids(answer('leaving', item(0.3), documenting))).toEqual(['leaving']);
    expect(ids(answer('leaving', unusual))).toEqual(['leaving']);
    // Members with unknown terms have no repairs.
    const [matter] = answerMatters([answer('leaving', item(0.3, { interventions: [] }), documenting)]);
    expect(matter?.title).toContain('10');
  });

  it('leave out items that nobody can act on', () => {
    expect(ids(answer('expertise', item(0.3, { interventions: [] })))).toEqual([]);
  });

  it('include uncertainty, both of the rank and of the top group', () => {
    const textOf = (inTop: number) =>
      answerMatters([answer('leavers', item(0.3, { confidence: 0.4, in_top: inTop }))])[0]?.text;
    expect(textOf(0.4)).toContain(' · ≈ rank uncertain');
    expect(textOf(0.9)).not.toContain('uncertain');
  });

  it('is five things at most', () => {
    const questions = ['leaving', 'leavers', 'expertise'] as const;
    const counts = attentionKinds.map(() => [1, 1]);
    const all = topMatters(
      questions.map((question) => answer(question, documenting)),
      { ...nothing, counts },
      false,
    );
    expect(all.map(({ id }) => id)).toEqual([...questions, 'aside', 'unassigned']);
  });
});
