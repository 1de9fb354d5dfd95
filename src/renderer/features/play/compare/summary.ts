import type { Difference, FieldDifference } from '#shared/contract/compare.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { fieldName, roleName } from '../../../text/names.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';

type Side = 'base' | 'live' | 'play';

interface Summed {
  type: string;
  fields: readonly (Partial<Record<Side, Json | undefined>> & { field: string })[];
}

const shownElsewhere = new Set([
  'id',
  'name',
  'title',
  'university_id',
  'from',
  'to',
  'created_at',
  'updated_at',
]);

/** Fields shown elsewhere, or ids. */
const unsaid: Readonly<Record<string, readonly string[]>> = {
  view: ['address', 'owner', 'layout'],
  position: ['node'],
};

/** The first facts about a whole record on one side: "Discipline: software · Size: 5 people". */
export function summaryOf({ type, fields }: Summed, side: Side): string {
  return fields
    .filter(({ field }) => unsaid[type]?.includes(field) !== true)
    .filter(({ field, [side]: value }) => !shownElsewhere.has(field) && value !== undefined && value !== null)
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

const made = new Set(['id', 'created_at', 'updated_at']);
export const isMade = (field: string): boolean => made.has(field);

/** The fields of a whole record that differ; none if only one side has it or all agree. */
export function differentFields({ fields }: Pick<Difference, 'fields'>): readonly FieldDifference[] {
  const has = (['base', 'live', 'play'] as const).filter((side) =>
    fields.some((one) => one[side] !== undefined),
  );
  return fields.filter(
    (one) => !made.has(one.field) && new Set(has.map((side) => JSON.stringify(one[side] ?? null))).size > 1,
  );
}

/** The sign and words of what Play, or live alone, did to a record. */
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
export const shownOf = (shown: number, all: number): string =>
  shown === all ? say('compare:shown', { count: all }) : say('compare:shownOf', { shown, count: all });
