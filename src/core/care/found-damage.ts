import type { Finding } from '#shared/contract/care.ts';
import type { DamageKind } from '#shared/contract/workspace.ts';
import { damageOf, foundBy } from '../kernel/db/corruption-kinds.ts';
import type { Found } from '../kernel/db/corruption-kinds.ts';

/** Which damage of the file was found. */
export const foundDamage = ({ findings }: { findings: readonly Finding[] }): DamageKind[] =>
  damageOf(findings.filter(({ state }) => state === 'bad').flatMap(foundIn));

function foundIn({ code, params }: Finding): Found[] {
  if (code.endsWith('.unreadable')) return [foundBy({ code: params['error'] })];
  return found[code] ?? [];
}

const found: Readonly<Record<string, Found[]>> = {
  // It cannot be told which of the two.
  'file.damaged': ['pages', 'facts'],
  'integrity.damaged': ['pages'],
  'chain.broken': ['chain'],
  'head.cut': ['chain'],
  'head.another': ['chain'],
};
