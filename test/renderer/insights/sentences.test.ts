import { describe, expect, it } from 'vitest';
import { liveValue } from '#renderer/features/insights/useAnswer.ts';
import {
  confidenceText,
  headingText,
  percentText,
  reasonText,
  titleText,
  caveatText,
} from '#renderer/features/insights/sentences.ts';
import { repairText } from '#renderer/features/insights/repair-sentences.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';

it.each([
  [0, '0'],
  [0.0004, '0.0'],
  [0.093, '9.3'],
  [0.0994, '9.9'],
  [0.0997, '10'],
  [0.541, '54'],
  [1, '100'],
  [-0.031, '−3.1'],
])('writes the share %d with a decimal only between 0 and 10 percent', (share, percent) => {
  expect(percentText(share).replace('-', '−')).toBe(`${percent}\u00a0%`);
});

const item = (changed: Partial<Insight> = {}): Insight => ({
  id: 'a',
  type: 'team',
  title: 'Solar panels',
  alike: 1,
  university: null,
  value: 0.09,
  confidence: null,
  in_top: null,
  reason: '',
  because: { code: 'team', params: {} },
  records: [],
  record_count: 0,
  interventions: [],
  ...changed,
});

const answer = (items: readonly Insight[], changed: Partial<Answer> = {}): Answer => ({
  question: 'leavers',
  items: [...items],
  ranked: items.length,
  top: 10,
  unknown: 0,
  judged: 3,
  worst: null,
  since: null,
  begins: null,
  runs: 200,
  estimate: false,
  guesses: { terms: 0, losses: 0, teams: 0 },
  unrecorded: null,
  head: { id: 1, hash: '', at: null },
  seed: 1,
  version: 1,
  ...changed,
});

const because = (code: string, params: Insight['because']['params'] = {}) => ({ because: { code, params } });

describe('confidence', () => {
  it('say how often the largest are among them, and the others keep their rank', () => {
    const texts = [
      item({ confidence: 0.4, in_top: 0.94 }),
      item({ confidence: 0.3, in_top: 0.82 }),
      item({ confidence: 0.82, in_top: 0.1 }),
    ];
    expect(texts.map((one) => confidenceText(answer(texts, { top: 2 }), one))).toEqual([
      'High confidence · top 2 in 94\u00a0% of 200 stress tests',
      'Medium confidence · top 2 in 82\u00a0% of 200 stress tests',
      'Medium confidence · rank holds in 82\u00a0% of 200 stress tests',
    ]);
    expect(confidenceText(answer(texts, { top: 1 }), texts[0] as Insight)).toMatch(/largest in 94/);
  });

  it('are certain of the first item if it is nearly always among the largest', () => {
    const one = item({ confidence: 0.59, in_top: 0.96 });
    expect(headingText(answer([one]))).toMatch(/^Losing the “Solar panels” team/);
  });

  it('are uncertain if neither holds in 60 %', () => {
    const one = item({ confidence: 0.59, in_top: 0.59 });
    expect(confidenceText(answer([one]), one)).toMatch(/^≈ Low confidence · .* in 59/);
    expect(headingText(answer([one]))).toMatch(/^Losing “Solar panels.*” would cost .*\(rank uncertain\)$/);
    expect(headingText(answer([item({ confidence: 0.6 })]))).toMatch(/^Losing the “Solar panels” team/);
  });
});

it('name interchangeable members together', () => {
  const one = item({
    alike: 3,
    type: null,
    title: 'A, B, C',
    ...because('member', { team: 'Flight software', colleagues: 2 }),
  });
  expect(titleText(one)).toBe('Any of the 3 members of “Flight software”');
  expect(headingText(answer([{ ...one, confidence: 1 }]))).toMatch(
    /^Losing one member of “Flight software” would cost 9\.0/,
  );
});

it('has a sentence for every reason and repair', () => {
  const said = [
    because('bearers_leave', { now: 15, later: 55, leaving: 2, bearers: 3 }),
    because('weak', { now: 35, bond: '' }),
    because('in_heads', { bearers: 1, bond: '' }),
    because('leave_together', { people: 6, leaving: 5, within: 2, expected: 3 }),
    because('only_holder', { area: 'guidance' }),
    because('only_holder_terms', { area: 'guidance', terms: 1 }),
  ].map((one) => reasonText(item({ type: 'student', ...one })));
  expect(said).toEqual([
    '2 of 3 people behind it leave this term: its loss rises from 15 % to 55 %',
    '35 % lost today',
    '1 person knows it',
    '5 of 6 members leave within 2 terms; about 3 would be usual',
    'Alone knows “guidance”',
    'Alone knows “guidance” and leaves after this term',
  ]);
  const codes = ['pair', 'take_over', 'write_down', 'write_down_all', 'keep_member', 'established'];
  const params = { from: 'A', to: 'B', count: 2 };
  for (const code of [...codes, 'incoming', 'both', 'strengthen', 'restore'])
    expect(repairText({ code, params, title: '', value: 0, changes: [] }), code).not.toBe('');
});

it('name missing values and their assumptions', () => {
  const guesses = { terms: 12, losses: 0, teams: 1 };
  expect(caveatText(answer([], { guesses }))).toBe(
    '12 students have no terms and count as staying. 1 team lists no members and counts as present.',
  );
  expect(caveatText(answer([], { guesses, question: 'cohorts', unknown: 2 }))).toBe(
    '2 teams are left out: they list no members with terms. 12 students have no terms and are left out.',
  );
  expect(caveatText(answer([]))).toBeNull();
});

it('say that nothing stands out, or that there is nothing to judge', () => {
  const questions = ['leavers', 'degrading', 'weak', 'undocumented', 'cohorts', 'expertise'] as const;
  for (const question of questions) {
    expect(headingText(answer([], { question }))).toMatch(/^Nothing stands out\. /);
    expect(headingText(answer([], { question, judged: 0 }))).toMatch(/^No /);
  }
});

it('compares an item with live: one that is not listed there has no value, unless the list was cut', () => {
  const live = answer([item({ value: 0.2 })]);
  expect(liveValue(live, item())).toBe(0.2);
  expect(liveValue(live, item({ id: 'b' }))).toBe(0);
  const many = Array.from({ length: 100 }, (_, at) => item({ id: `x${at}` }));
  expect(liveValue(answer(many), item({ id: 'b' }))).toBeNull();
});
