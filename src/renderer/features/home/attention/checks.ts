import type { Filter } from '#shared/contract/entities.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';

/** Records of one type that a filter finds: what is counted, and what the button opens. */
export interface Check {
  type: EntityType;
  filters: readonly Filter[];
}

/** From this loss in per cent on a link is fragile (domain: fragile-temporary). */
const fragileLoss = 60;

export const fragileLinks: Check = {
  type: 'interface',
  filters: [{ field: 'energy_loss', op: 'gte', value: fragileLoss }],
};

export const outgoingTeams: Check = {
  type: 'team',
  filters: [{ field: 'lifecycle', op: 'is', value: 'outgoing' }],
};

/** Students whose status is outgoing: one term left or none. Who does not say counts as active. */
export const leavingStudents: Check = {
  type: 'student',
  filters: [
    { field: 'terms_remaining', op: 'lte', value: 1 },
    { field: 'active', op: 'is_not', value: false },
  ],
};

export const unratedLinks: Check = { type: 'interface', filters: [{ field: 'energy_loss', op: 'empty' }] };

/** Records with values of a file that no field could hold. */
export const notUnderstood: readonly Check[] = entityTypes.map((type) => ({
  type,
  filters: [{ field: 'imported_values', op: 'not_empty' as const }],
}));

/** Kinds of record that should belong to a university. A project without one is shared by all. */
export const unassigned: readonly Check[] = (['team', 'faculty', 'student'] as const).map((type) => ({
  type,
  filters: [{ field: 'university_id', op: 'empty' as const }],
}));

/** A field that holds a value of an open list. */
export interface OpenField {
  type: EntityType;
  field: string;
  list: Vocabulary;
}

/** Every field of every type that has a list of known values and takes others too. */
export const openFields: readonly OpenField[] = entityTypes.flatMap((type) =>
  fieldsOf(type).flatMap(({ key, kind, list, closed }) =>
    kind === 'choice' && list !== undefined && closed !== true ? [{ type, field: key, list }] : [],
  ),
);

/** Values of one field that are on no list, and how many records hold one. */
export interface UnknownValues extends OpenField {
  values: readonly string[];
  count: number;
}

/** What of the values that a field holds is not on its list and not `meant` so either; null when all are. */
export function unknownOf(
  open: OpenField,
  held: readonly { value: Json; count: number }[],
  meant: readonly string[] = [],
): UnknownValues | null {
  const strange = held.flatMap(({ value, count }) =>
    typeof value === 'string' && value !== '' && !isKnown(open.list, value) && !meant.includes(value)
      ? [{ value, count }]
      : [],
  );
  if (strange.length === 0) return null;
  return {
    ...open,
    values: strange.map(({ value }) => value),
    count: strange.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The records that hold those values. */
export function unknownCheck({ type, field, values }: UnknownValues): Check {
  return { type, filters: [{ field, op: 'in', value: [...values] }] };
}
