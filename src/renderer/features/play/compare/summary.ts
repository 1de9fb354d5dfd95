import type { Difference, FieldDifference } from '#shared/contract/compare.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { fieldName, roleName } from '../../../text/names.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { isReferenceKind } from '#shared/domain/references.ts';

export const allSides = ['base', 'live', 'play'] as const;
export type Side = (typeof allSides)[number];

interface RecordSides {
  type: string;
  fields: readonly (Partial<Record<Side, Json | undefined>> & { field: string })[];
}

const fieldsShownElsewhere = new Set([
  'id',
  'name',
  'title',
  'university_id',
  'from',
  'to',
  'created_at',
  'updated_at',
]);

/** By type, further fields that are shown elsewhere or hold ids. */
const omittedFields: Readonly<Record<string, readonly string[]>> = {
  view: ['address', 'owner', 'layout'],
  position: ['node'],
};

/** The first facts about a whole record on one side: "Discipline: software · Size: 5 people". */
export function summaryOf({ type, fields }: RecordSides, side: Side): string {
  return fields
    .filter(({ field }) => omittedFields[type]?.includes(field) !== true)
    .filter(
      ({ field, [side]: value }) => !fieldsShownElsewhere.has(field) && value !== undefined && value !== null,
    )
    .filter(
      ({ field, [side]: value }) =>
        typeof value !== 'object' && fieldNamed(type, field)?.kind !== 'reference',
    )
    .slice(0, 3)
    .map(({ field, [side]: value }) => `${fieldName(field)}: ${textOf(type, field, value)}`)
    .join(' · ');
}

const textOf = (type: string, field: string, value: Json | undefined): string =>
  type === 'profile' && field === 'role' && typeof value === 'string'
    ? roleName(value)
    : valueText(value, fieldNamed(type, field));

const systemFields = new Set(['id', 'created_at', 'updated_at']);
export const isSystemField = (field: string): boolean => systemFields.has(field);

/** The fields of a whole record that differ between sides; none if only one side has the record. */
export function differentFields({ fields }: Pick<Difference, 'fields'>): readonly FieldDifference[] {
  const presentSides = allSides.filter((side) => fields.some((difference) => difference[side] !== undefined));
  return fields.filter(
    (difference) =>
      !systemFields.has(difference.field) &&
      new Set(presentSides.map((side) => JSON.stringify(difference[side] ?? null))).size > 1,
  );
}

/** How the sandbox changed a record, or live if only live changed the record. */
export function changeOf({
  class: kind,
  play,
  live,
}: Pick<Difference, 'class' | 'play' | 'live'>): 'added' | 'changed' | 'removed' | 'conflict' {
  if (kind === 'conflict') return 'conflict';
  const action = kind === 'live' ? live : (play ?? live);
  if (action === 'created' || action === 'restored') return 'added';
  return action === 'deleted' ? 'removed' : 'changed';
}

/** The number of differing records, or of those shown: "4 of 15 records that differ". */
export const shownText = (shown: number, total: number): string =>
  shown === total ? say('compare:shown', { count: total }) : say('compare:shownOf', { shown, count: total });

/** Whether a field holds the id of another record, or a list of ids. */
export function isReference(type: string, field: string): boolean {
  if (type === 'position') return field === 'node';
  const definition = fieldNamed(type, field);
  return field === 'university_id' || (definition !== undefined && isReferenceKind(definition));
}
