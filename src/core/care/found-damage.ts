import type { Finding } from '#shared/contract/care.ts';
import type { DamageKind } from '#shared/contract/workspace.ts';
import { corruptionKindsOf, findingOf } from '../kernel/db/corruption-kinds.ts';
import type { CheckFinding } from '../kernel/db/corruption-kinds.ts';

export const foundDamage = ({ findings }: { findings: readonly Finding[] }): DamageKind[] =>
  corruptionKindsOf(findings.filter(({ state }) => state === 'bad').flatMap(foundIn));

function foundIn({ code, params }: Finding): CheckFinding[] {
  if (code.endsWith('.unreadable')) return [findingOf({ code: params['error'] })];
  return found[code] ?? [];
}

const found: Readonly<Record<string, CheckFinding[]>> = {
  // Could be either.
  'file.damaged': ['pages', 'facts'],
  'integrity.damaged': ['pages'],
  'chain.broken': ['chain'],
  'head.cut': ['chain'],
  'head.another': ['chain'],
};
