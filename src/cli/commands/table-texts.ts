import { isPerson } from '#shared/domain/person-name.ts';
import type { ColumnTarget, SheetChoices, SheetOutcome, SheetView } from '#shared/contract/sheets.ts';
import { labelOf } from '../format.ts';

/** Lines for the columns with their targets, and for titled people who would be imported like the others. */
export const columnLines = (
  view: SheetView,
  { type, columns }: Pick<SheetChoices, 'type' | 'columns'>,
): string[] => [
  ...view.columns.map(({ name }, index) => {
    const target = columns[index] ?? { to: 'ignore' };
    return `    ${name}: ${targetText(target)}`;
  }),
  ...(view.titled && view.row_types.length === 0 && isPerson(type)
    ? [
        `  People with titles like "${view.titled.example}": ${view.titled.count}. --by-title imports them as faculty.`,
      ]
    : []),
];

const partTexts = {
  first: 'given name',
  prefix: 'prefix of the family name',
  last: 'family name',
  title: 'title',
  salutation: 'salutation, left out',
};

/** A target in words; fields by the keys that `--column` takes. */
function targetText(target: ColumnTarget): string {
  if (target.to === 'field') return target.field;
  if (target.to === 'own') return `custom field "${target.name}"`;
  if (target.to === 'name_part') return partTexts[target.part];
  if (target.to === 'id_of') return `id of ${target.field}`;
  if (target.to === 'rest_of') return `rest_of:${target.field} (100 % minus the value)`;
  if (target.to === 'direction') return 'direction of the link';
  if (target.to === 'type_of') return `type of ${target.field}`;
  if (target.to === 'university_of')
    return `university of ${target.field === 'both' ? 'both ends' : target.field}`;
  if (target.to === 'ignore' && target.why === 'numbering') return 'left out, numbers the rows';
  return target.to === 'id' ? 'id' : 'left out';
}

/** What the imported records hold, where a wrong reading shows at once. */
export function figureLines({ type, figures }: SheetOutcome): string[] {
  const texts = figures.flatMap(({ field, empty, min, max, full }) => [
    ...(min === null ? [] : [`${labelOf(field)} ${min === max ? min : `${min} to ${max}`}`]),
    ...(field === 'documented' && full > 0 ? [`${full} fully documented`] : []),
    ...(empty > 0 ? [`${empty} without ${labelOf(field)}`] : []),
  ]);
  return texts.length === 0 ? [] : [`  ${labelOf(type)}: ${texts.join(', ')}.`];
}
