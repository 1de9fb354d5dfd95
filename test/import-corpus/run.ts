import { judge } from './judge.ts';
import type { Outcome } from './judge.ts';
import { readLabelled } from './labelled.ts';

const verdicts = readLabelled().flatMap(judge);
const tables = new Set(verdicts.map(({ table }) => table)).size;
const byRole = new Map<string, Record<Outcome, number>>();
for (const { role, outcome } of verdicts) {
  const counts = byRole.get(role) ?? { right: 0, asked: 0, wrong: 0 };
  counts[outcome] += 1;
  byRole.set(role, counts);
}
console.log(`${'role'.padEnd(20)} right asked wrong without a word`);
for (const [role, { right, asked, wrong }] of [...byRole].toSorted(([a], [b]) => a.localeCompare(b)))
  console.log(
    `${role.padEnd(20)} ${String(right).padStart(5)} ${String(asked).padStart(5)} ${String(wrong).padStart(5)}`,
  );
const count = (outcome: Outcome): number => verdicts.filter((verdict) => verdict.outcome === outcome).length;
console.log(
  `${tables} tables: ${count('right')} right, ${count('asked')} asked, ${count('wrong')} wrong without a word`,
);
for (const { table, outcome, why } of verdicts) if (outcome === 'wrong') console.log(`  ${table}: ${why}`);
process.exitCode = count('wrong') === 0 ? 0 : 1;
