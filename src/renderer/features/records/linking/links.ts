import { canBeEnd } from '#shared/domain/references.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { interfaceKind, usualValue } from '#shared/domain/interfaces.ts';
import { neutralImportance } from '#shared/domain/importance.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName } from '../../../text/names.ts';
import type { Field } from '#shared/domain/entities.ts';
import { queryFor, queryClient } from '../../../stores/queries.ts';
import type { EntityRecord, RecordRef } from '#shared/contract/record.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { Raw } from '../form/values.ts';

export function isLinkable(type: EntityType): boolean {
  return canBeEnd(type) && type !== 'risk-factor' && type !== 'factor-model';
}

export const linkableTypes: readonly EntityType[] = entityTypes.filter(isLinkable);

async function typeOf(id: string): Promise<EntityType> {
  const record = await queryClient.fetchQuery(queryFor('entities.find', { id }));
  return record.type;
}

/** The kind of a link between two records, by id; '' if a record is unknown or no kind fits. */
export async function findLinkKind(from: unknown, to: unknown): Promise<string> {
  if (typeof from !== 'string' || typeof to !== 'string' || from === '' || to === '') return '';
  try {
    const [fromType, toType] = await Promise.all([typeOf(from), typeOf(to)]);
    return interfaceKind(fromType, toType) ?? '';
  } catch {
    // The kind is only a suggestion.
    return '';
  }
}

/** The placeholder of a loss or documented share: the usual value of a known bond; of an importance, the neutral one. */
export function usualPlaceholder(
  { key, own }: Pick<Field, 'key' | 'own'>,
  bond: Raw | Json | undefined,
): string | undefined {
  if (!own && key === 'importance')
    return say('records:counts.unset', { choice: choiceName(neutralImportance) });
  const value = own ? undefined : usualValue(key, bond);
  return value === undefined ? undefined : say('panel:usualValue', { value });
}

/** The placeholder of a team's size: its listed students. Undefined for other fields, and for a team without students. */
export const sizePlaceholder = (
  { key, own }: Pick<Field, 'key' | 'own'>,
  { derived }: Pick<EntityRecord, 'derived'>,
): string | undefined =>
  key === 'size' && !own && typeof derived.listed_size === 'number'
    ? say('panel:listed', { count: derived.listed_size })
    : undefined;

/** A student's own team is not offered among their other teams. */
export const excludedMainTeam = (field: string, team: Raw | Json | undefined): { excludedId?: string } =>
  field === 'other_team_ids' && typeof team === 'string' ? { excludedId: team } : {};

/** Ids of the records whose members are offered first for a field: the ends of a link for its bearers, otherwise the university. */
export function nearbyIds(
  { from, to, university_id }: Readonly<Record<string, unknown>>,
  field = '',
): string[] {
  const ids = field === 'bearers' ? [from, to] : [university_id];
  return ids.filter((id): id is string => typeof id === 'string' && id !== '');
}

/** The fields that say how a link passes on knowledge. */
export const passageKeys = ['bond_type', 'energy_loss', 'documented'] as const;
export type PassageKey = (typeof passageKeys)[number];
export type PassageValues = { readonly [key in PassageKey]?: Json | undefined };

type LinkEnd = Pick<EntityRecord | RecordRef, 'id' | 'type'>;

/** The payload of a link from or to `record`, without unknown values. */
export function linkPayload(
  record: LinkEnd,
  other: LinkEnd,
  direction: 'out' | 'in',
  values: Readonly<Record<string, Json | undefined>>,
): JsonObject {
  const [from, to] = direction === 'out' ? [record, other] : [other, record];
  const kind = interfaceKind(from.type, to.type);
  return {
    from: from.id,
    to: to.id,
    ...(kind === null ? {} : { interface_type: kind }),
    ...Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
    ),
  };
}
