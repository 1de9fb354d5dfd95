import type { ListColumn } from '#shared/contract/export-list.ts';
import type { Field } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../i18n/setup.ts';
import { choiceName, titleOr } from '../../text/names.ts';

/** A column as a grid has it. */
export interface Shown {
  key: string;
  label: string;
  field: Field | undefined;
}

type Asked = Partial<ListColumn> & Pick<ListColumn, 'key' | 'label'>;

/** What the values of a column are called in the person's language, as far as that is another word. */
function valuesOf({ key, field }: Shown): Record<string, string> {
  const list = key === 'status' ? 'lifecycle' : field?.list;
  // An outcome is called by its kind, also where a link names it.
  const outcomes = field?.kind === 'reference' ? vocabulary.outcome_type : [];
  return Object.fromEntries(
    [
      ...(list ? vocabulary[list] : []).map((value) => [value, choiceName(value)] as const),
      ...outcomes.map((value) => [value, titleOr(value, 'outcome')] as const),
    ].filter(([value, name]) => value !== name),
  );
}

/** All columns as a file has them: those that are shown in their order, then the others. */
export function allOf<C extends Pick<Shown, 'key'>>({
  shown,
  all,
}: {
  shown: readonly C[];
  all: readonly C[];
}): readonly C[] {
  return [...shown, ...all.filter(({ key }) => !shown.some((one) => one.key === key))];
}

/** The columns of a file: those of a grid in their order, and with `ids` the id of each record and of each that it names. */
export function exportColumns(columns: readonly Shown[], ids: boolean): Asked[] {
  const first: Asked[] = ids ? [{ key: 'id', label: say('transfer:export.id') }] : [];
  return [
    ...first,
    ...columns.flatMap((column): Asked[] => {
      const { key, label, field } = column;
      const shown = { key, label, values: valuesOf(column) };
      return ids && field?.kind === 'reference'
        ? [shown, { key, label: say('transfer:export.idOf', { field: label }), id: true }]
        : [shown];
    }),
  ];
}
