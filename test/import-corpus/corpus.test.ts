import { expect, it } from 'vitest';
import { judge } from './judge.ts';
import { judgeGraph } from './judge-graph.ts';
import { readLabelled } from './labelled.ts';
import { readLabelledGraphs } from './labelled-graphs.ts';

const tables = readLabelled();
const graphs = readLabelledGraphs();
const tableVerdicts = tables.flatMap(judge);
const graphVerdicts = graphs.flatMap(judgeGraph);
const count = tables.length + graphs.length;

it(`reads no column, type, unit or odd row of ${tables.length} labelled tables wrongly without a word`, () => {
  expect(wrongOf(tableVerdicts)).toEqual([]);
});

it(`reads no node, link or field of ${graphs.length} labelled graphs wrongly without a word`, () => {
  expect(wrongOf(graphVerdicts)).toEqual([]);
});

it('asks at most one question a table or graph on average', () => {
  const asked = [...tableVerdicts, ...graphVerdicts].filter(({ outcome }) => outcome === 'asked');
  expect(asked.length).toBeLessThanOrEqual(count);
});

function wrongOf(verdicts: typeof tableVerdicts): string[] {
  return verdicts.filter(({ outcome }) => outcome === 'wrong').map(({ table, why }) => `${table}: ${why}`);
}
