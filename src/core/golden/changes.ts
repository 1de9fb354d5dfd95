import type { GoldenDifference } from '#shared/contract/golden.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { State } from '../compare/states.ts';

/** What people keep and share; not who may act, nor what the workspace is called. */
export const isCompared = (type: AuditedType): boolean =>
  isEntityType(type) || type === 'view' || type === 'position';

/** What live has otherwise than a golden version; null where both have the same. */
export function changeOf({
  golden,
  live,
}: Record<'golden' | 'live', State>): GoldenDifference['change'] | null {
  if (!golden.payload) return live.payload ? 'added' : null;
  if (!live.payload) return 'removed';
  return jsonEqual(live.payload, golden.payload) ? null : 'changed';
}
