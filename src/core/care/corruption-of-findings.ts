import type { Finding } from '#shared/contract/care.ts';
import type { DamageKind } from '#shared/contract/workspace.ts';
import { corruptionKindsOf, findingOf } from '../kernel/db/corruption-kinds.ts';
import type { CheckFinding } from '../kernel/db/corruption-kinds.ts';

export const corruptionOf = ({ findings }: { findings: readonly Finding[] }): DamageKind[] =>
  corruptionKindsOf(findings.filter(({ state }) => state === 'bad').flatMap(checkFindingsOf));

function checkFindingsOf({ code, params }: Finding): CheckFinding[] {
  if (code.endsWith('.unreadable')) return [findingOf({ code: params['error'] })];
  return findingsByCode[code] ?? [];
}

const findingsByCode: Readonly<Record<string, CheckFinding[]>> = {
  // This code covers both kinds.
  'file.damaged': ['pages', 'facts'],
  'integrity.damaged': ['pages'],
  'chain.broken': ['chain'],
  'head.cut': ['chain'],
  'head.another': ['chain'],
};
