import { test } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import { findAnswer } from '#core/analysis/questions/find-answer.ts';
import { organisationOf } from './core/analysis/organisations.ts';
import { itemValueTask } from '#core/analysis/repairs/item-value-task.ts';
const base = { question: 'leaving', who: 'all', only: null, set: null, limit: 1000, quick: true, seed: 1 } as const;
const N = Number.NaN;
const show = (f: any) => f.items.map((i: any) => ({ n: i.nodes, l: i.link, v: +i.value.toFixed(4), c: i.confidence, t: i.inTop, r: i.reason.code, b: i.because.nodes }));
test('unknown confidence', () => {
  const made = { kinds: [1,1,1,2,2,2,2,2,2,2,2], members: [[3,0,N],[4,0,N],[5,0,5],[6,1,1],[7,1,2],[8,1,5],[9,2,5],[10,2,5]].map(([node,team,terms]) => ({ node, team, terms })), links: [[0,1],[1,2],[2,0]].map(([from,to]) => ({ from, to, loss: 35, documented: 0.2 })) };
  console.log('UNK', JSON.stringify(show(runSync(findAnswer(organisationOf(made as any), { ...base, quick: false, who: 'teams' } as any)))));
});
test('people twice, university', () => {
  // person 3 in team 0 and 1; 4 in team 0; 5 in team 1. all leave; person 6 in both 1 and 2 alone
  const made = { kinds: [1,1,1,2,2,2,2,2], members: [[3,0,1],[3,1,1],[4,0,1],[5,1,1],[6,1,5],[7,2,5],[6,0,5],[7,0,5]].map(([node,team,terms]) => ({ node, team, terms })), links: [[0,1],[1,2],[2,0]].map(([from,to]) => ({ from, to, loss: 35, documented: 0.2 })) };
  console.log('PPL', JSON.stringify(show(runSync(findAnswer(organisationOf(made as any), { ...base, who: 'people' } as any)))));
  const m2 = { ...made, members: [[3,0,1],[3,1,1],[4,0,5],[5,1,5],[6,2,5],[7,2,5]].map(([node,team,terms]) => ({ node, team, terms })) };
  const only = new Uint8Array(8); only[1] = 1; only[5] = 1;
  console.log('UNI', JSON.stringify(show(runSync(findAnswer(organisationOf(m2 as any), { ...base, who: 'teams' } as any)))), 'FILTER', JSON.stringify(show(runSync(findAnswer(organisationOf(m2 as any), { ...base, who: 'teams', only } as any)))));
  // item value: person 3 alone in team 1, with 4 in team 0
  const m3 = { ...made, members: [[3,0,1],[3,1,1],[4,0,1],[5,1,5],[6,2,5],[7,2,5],[6,0,5]].map(([node,team,terms]) => ({ node, team, terms })) };
  const o = organisationOf(m3 as any);
  console.log('ITEM', JSON.stringify(show(runSync(findAnswer(o, { ...base } as any)))), Object.keys(itemValueTask as any), JSON.stringify((itemValueTask as any).work?.({ organisation: o, item: { question: 'leaving', nodes: [3], links: [], areas: [] } }, () => {}) ?? (itemValueTask as any).run?.({ organisation: o, item: { question: 'leaving', nodes: [3], links: [], areas: [] } }, () => {})));
});
test('same id twice', () => {
  const made = { kinds: [1,1,1,2,2,2,2,2,2,2], members: [[3,0,N],[4,0,N],[5,0,1],[6,0,1],[7,1,5],[8,1,5],[9,2,1]].map(([node,team,terms]) => ({ node, team, terms })), links: [[0,1],[1,2],[2,0]].map(([from,to]) => ({ from, to, loss: 35, documented: 0.2 })) };
  const o = organisationOf(made as any);
  console.log('SAME', JSON.stringify(show(runSync(findAnswer(o, { ...base } as any)))));
});
