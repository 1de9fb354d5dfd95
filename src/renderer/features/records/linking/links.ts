import { mayBeEnd } from '#shared/domain/references.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { interfaceKind, usualShare } from '#shared/domain/interfaces.ts';
import { say } from '../../../i18n/setup.ts';
import type { Field } from '#shared/domain/entities.ts';
import { api } from '../../../api/client.ts';
import { keys, queries } from '../../../stores/queries.ts';
import type { EntityRecord, RecordRef } from '#shared/contract/record.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { Raw } from '../form/values.ts';

/** Whether records of the type can be an end of a link. */
export function linkable(type: EntityType): boolean {
  return mayBeEnd(type) && type !== 'risk-factor' && type !== 'factor-model';
}

/** The types of which an end of a link may be. */
export const endTypes: readonly EntityType[] = entityTypes.filter(linkable);

async function typeOf(id: string): Promise<EntityType> {
  const record = await queries.fetchQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
  });
  return record.type;
}

/** The kind that a link between two records is of, by their ids; '' when an end is not known or no kind fits. */
export async function kindOfEnds(from: unknown, to: unknown): Promise<string> {
  if (typeof from !== 'string' || typeof to !== 'string' || from === '' || to === '') return '';
  try {
    const [one, other] = await Promise.all([typeOf(from), typeOf(to)]);
    return interfaceKind(one, other) ?? '';
  } catch {
    // The kind is a convenience: without it the person chooses one.
    return '';
  }
}

/** What stands in an empty field for the documented share: the usual share of the bond. Undefined for other fields. */
export const usualShareOf = (
  { key, own }: Pick<Field, 'key' | 'own'>,
  bond: Raw | Json | undefined,
): string | undefined =>
  key === 'documented' && !own ? say('panel:usualShare', { share: usualShare(bond) }) : undefined;

/** The team that the list of a student's other teams does not offer: their own. */
export const mainTeamOf = (field: string, team: Raw | Json | undefined): { except?: string } =>
  field === 'other_team_ids' && typeof team === 'string' ? { except: team } : {};

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
