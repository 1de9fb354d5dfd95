import type { SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isCustomName, customFieldKey, customNameOf } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import { api } from '../../api/client.ts';
import { applyLayout, seatLayout } from '../../stores/list-layout.ts';
import type { AcceptedValues } from '../../stores/accepted-values.ts';
import { mergeColumnKeys } from '../records/column-layout.ts';

/** The fields that the columns of a table become, in list notation and table order, without empty and omitted columns. */
export function importedFields(
  { columns }: Pick<SheetView, 'columns'>,
  choices: Pick<SheetChoices, 'type' | 'columns'>,
): readonly string[] {
  const keys = choices.columns.flatMap((target, index): string[] => {
    if ((columns[index]?.filled ?? 0) === 0) return [];
    if (target.to === 'field' || target.to === 'id_of') return [target.field];
    return target.to === 'own' && isCustomName(choices.type, target.name)
      ? [customFieldKey(target.name)]
      : [];
  });
  return [...new Set(keys)];
}

export async function customFieldKeys(type: EntityType): Promise<readonly string[]> {
  return (await api.entities.ownFields({ type })).map(({ name }) => customFieldKey(name));
}

/**
 * Shows the columns of an imported table in the lists of its type, because hidden ones would seem lost. Columns chosen by the person stay,
 * except custom fields that no record had `before`; saved views keep their own.
 */
export function showImportedColumns(
  view: Pick<SheetView, 'columns'>,
  choices: Pick<SheetChoices, 'type' | 'columns'>,
  before: readonly string[],
): void {
  const { type } = choices;
  const layout = seatLayout(type);
  const importedKeys = importedFields(view, choices);
  const keys = layout.columns ? importedKeys.filter((key) => !before.includes(key)) : importedKeys;
  if (keys.every((key) => customNameOf(key) === null)) return;
  applyLayout(type, { ...layout, brought: mergeColumnKeys(layout.brought, keys) });
}

/** Values outside of a field's list that the person kept or wrote, by field. */
export function keptValues({
  type,
  columns,
  values,
}: Pick<SheetChoices, 'type' | 'columns' | 'values'>): Omit<AcceptedValues, 'workspace'>[] {
  return columns.flatMap((target, column) => {
    const field = target.to === 'field' ? fieldOf(type, target.field) : undefined;
    if (field?.list === undefined || field.closed === true) return [];
    const { key, list } = field;
    const kept = values.flatMap((rule) =>
      rule.column === column && rule.create && rule.becomes !== '' && !isKnown(list, rule.becomes)
        ? [rule.becomes]
        : [],
    );
    return kept.length === 0 ? [] : [{ type, field: key, values: [...new Set(kept)] }];
  });
}
