import { countQuestions, judge } from './judge.ts';
import { outcomes } from './verdict.ts';
import type { Outcome } from './verdict.ts';
import { judgeGraph } from './judge-graph.ts';
import { readLabelled } from './labelled.ts';
import { readLabelledGraphs } from './labelled-graphs.ts';

const verdicts = [...readLabelled().flatMap(judge), ...readLabelledGraphs().flatMap(judgeGraph)];
const byRole = Map.groupBy(verdicts, ({ role }) => role);
const count = (of: readonly { outcome: Outcome }[], outcome: Outcome): number =>
  of.filter((verdict) => verdict.outcome === outcome).length;

console.log(
  `${'role'.padEnd(20)} ${outcomes.map((outcome) => outcome.padStart(5)).join(' ')} without a word`,
);
for (const [role, those] of [...byRole].toSorted(([a], [b]) => a.localeCompare(b))) {
  const figures = outcomes.map((outcome) => String(count(those, outcome)).padStart(5));
  console.log(`${role.padEnd(20)} ${figures.join(' ')}`);
}
const tables = new Set(verdicts.map(({ table }) => table)).size;
const totals = outcomes.map((outcome) => `${count(verdicts, outcome)} ${outcome}`);
console.log(`${tables} tables and graphs: ${totals.join(', ')} without a word`);
const labelled = readLabelled();
const questions = labelled.reduce((sum, one) => sum + countQuestions(one), 0);
console.log(`${questions} questions about ${labelled.length} tables`);
for (const { table, outcome, why } of verdicts) if (outcome === 'wrong') console.log(`  ${table}: ${why}`);
process.exitCode = count(verdicts, 'wrong') === 0 ? 0 : 1;
