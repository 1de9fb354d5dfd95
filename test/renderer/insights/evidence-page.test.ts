import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { drawingOf } from '#renderer/features/insights/useEvidence.ts';
import { evidencePage } from '#renderer/features/insights/evidence-page.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import type { Network } from '#shared/contract/network.ts';
import { printedPage } from '#shared/shell/print.ts';

const item = (id: string, value: number): Insight => ({
  id,
  type: 'team',
  title: `Team ${id}`,
  alike: 1,
  university: 'Summit',
  value,
  confidence: null,
  in_top: null,
  reason: '',
  because: { code: 'team', params: { links: 2, undocumented: 1, leaving: 0 } },
  records: [],
  record_count: 0,
  interventions: [],
});

const answer = (...items: Insight[]): Answer => ({
  question: 'leavers',
  items,
  ranked: items.length,
  top: 10,
  unknown: 0,
  judged: 3,
  worst: null,
  since: null,
  begins: null,
  runs: 0,
  unrecorded: null,
  estimate: false,
  guesses: { terms: 0, losses: 0, teams: 0 },
  head: { id: 7, hash: 'abc', at: '2026-01-01T00:00:00.000Z' },
  seed: 1,
  version: 3,
});

const network: Network = {
  nodes: {
    id: ['c', 'a', 'b'],
    type: ['team', 'team', 'team'],
    title: ['Team c', 'Team a', 'Team b'],
    university: [null, null, null],
    links: [1, 2, 1],
    x: [null, 1, null],
    y: [null, 2, null],
    values: {},
  },
  edges: {
    id: ['l', 'm'],
    from: [1, 0],
    to: [2, 2],
    kind: ['interface', 'interface'],
    bond: [null, null],
    loss: [5, null],
    description: [null, null],
  },
  titles: {},
  matched: 3,
};

const details = { author: 'Ada', network: null, liveAnswers: new Map(), hasRepairs: true, isComplete: false };

describe('the page of an answer', () => {
  it('has its author, a chart of the values and, in a sandbox, the values in live', () => {
    const live = new Map([['leavers', answer(item('a', 0.2), item('c', 0.1))] as const]);
    const page = evidencePage('Sample', [answer(item('a', 0.1), item('b', 0.05))], {
      ...details,
      liveAnswers: live,
    });
    expect(page.author).toBe('by Ada');
    expect(page.sections[0]?.chart).toEqual({
      heading: 'Values here and in live (outlined)',
      bars: [
        { label: '1 Team a', value: '10\u00a0%', share: 0.5, before: { value: 'live 20\u00a0%', share: 1 } },
        { label: '2 Team b', value: '5.0\u00a0%', share: 0.25, before: { value: 'live 0\u00a0%', share: 0 } },
      ],
    });
    expect(printedPage.safeParse(page).success).toBe(true);
  });

  it('with all answers puts the value in live next to each value', () => {
    const live = new Map([['leavers', answer(item('a', 0.2))] as const]);
    const all = [answer(item('a', 0.1)), { ...answer(), question: 'cohorts' as const }] as const;
    const page = evidencePage('Sample', all, { ...details, liveAnswers: live });
    expect(page.sections[0]?.items[0]?.value).toBe('10\u00a0% (live 20\u00a0%)');
    expect(page.sections[0]?.chart).toBeUndefined();
  });

  it('draws the neighbours of the first item, with the item and its links marked', () => {
    const drawing = drawingOf(network, item('a', 0.1));
    expect(drawing).toEqual({
      nodes: [
        { name: 'Team a', isChosen: true, at: { x: 1, y: 2 } },
        { name: 'Team b', isChosen: false, at: null },
        { name: 'Team c', isChosen: false, at: null },
      ],
      links: [
        { from: 0, to: 1, loss: 5, isChosen: true },
        { from: 2, to: 1, loss: null, isChosen: false },
      ],
    });
    const page = evidencePage('Sample', [answer(item('a', 0.1))], { ...details, network: drawing });
    expect(page.sections[0]?.network).toEqual({ heading: 'Network around “Team a”', drawing });
  });

  it('of a link marks the link and both ends', () => {
    const link = { ...item('l', 0.1), type: 'interface' as const };
    const { nodes, links } = drawingOf(network, link);
    expect(nodes.map(({ isChosen }) => isChosen)).toEqual([true, true, false]);
    expect(links.map(({ isChosen }) => isChosen)).toEqual([true, false]);
  });
});
