import type { EntityRecord, RecordRef } from '#shared/contract/record.ts';
import { interfaceKind } from '#shared/domain/interfaces.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { Raw } from '../form/inputs.ts';

type End = Pick<EntityRecord | RecordRef, 'id' | 'type'>;

/** The bond that every form of a new link begins with, with the loss that is usual for it. */
export const usualBond = 'codified-moderate';

/** The payload of a link from or to `record`. What is not known is left out. */
export function newLink(
  record: End,
  other: End,
  direction: 'out' | 'in',
  bond: Raw,
  loss: Json | undefined,
): JsonObject {
  const [from, to] = direction === 'out' ? [record, other] : [other, record];
  const kind = interfaceKind(from.type, to.type);
  return {
    from: from.id,
    to: to.id,
    ...(kind === null ? {} : { interface_type: kind }),
    ...(typeof bond === 'string' && bond.trim() !== '' ? { bond_type: bond.trim() } : {}),
    ...(typeof loss === 'number' ? { energy_loss: loss } : {}),
  };
}
