import type { ImportPlan } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { say } from '../../../i18n/setup.ts';
import { countedAll } from '../../../text/names.ts';
import { writes } from './plan.ts';

/** In plain words what an import would do, a sentence each. */
export function planSentences(plan: ImportPlan): string[] {
  if (sumOf(plan.counts) === 0) return [say('transfer:preview.none')];
  if (writes(plan) === 0) return [say('transfer:preview.nothing')];
  const sentence = (
    counts: Readonly<Record<string, number>>,
    key: 'adds' | 'changes' | 'restores' | 'same',
  ): string[] => (sumOf(counts) === 0 ? [] : [say(`transfer:preview.${key}`, { what: countedAll(counts) })]);
  return [
    ...sentence(plan.creates, 'adds'),
    ...sentence(plan.updates, 'changes'),
    ...sentence(plan.restores, 'restores'),
    ...sentence(plan.unchanged, 'same'),
    say('transfer:preview.keeps'),
  ];
}
