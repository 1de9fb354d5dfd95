import { filledField } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isCustomName, customFieldKey, customNameOf } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnownValue } from '#shared/domain/vocabulary.ts';
import { api } from '../../api/client.ts';
import { applyLayout, seatLayout } from '../../stores/list-layout.ts';
import type { AcceptedValues } from '../../stores/accepted-values.ts';
import { mergeColumnKeys } from '../records/column-layout.ts';

/** The keys of the fields and custom fields that columns with values become, in table order. */
export function importedFields(
  { columns }: Pick<SheetView, 'columns'>,
  choices: Pick<SheetChoices, 'type' | 'columns'>,
): readonly string[] {
  const keys = choices.columns.flatMap((target, index): string[] => {
    if ((columns[index]?.filled ?? 0) === 0) return [];
    const field = target.to === 'id_of' ? target.field : filledField(target);
    if (field !== null) return [field];
    return target.to === 'own' && isCustomName(choices.type, target.name)
      ? [customFieldKey(target.name)]
      : [];
  });
  return [...new Set(keys)];
}

export async function customFieldKeys(type: EntityType): Promise<readonly string[]> {
  return (await api.entities.customFields({ type })).map(({ name }) => customFieldKey(name));
}

/**
 * Adds the columns of an imported table with custom fields to the lists of its type, because hidden columns would seem lost. If the person
 * chose the columns of a list, adds only fields that are not in `oldFieldKeys`. Saved views keep their columns.
 */
export function showImportedColumns(
  view: Pick<SheetView, 'columns'>,
  choices: Pick<SheetChoices, 'type' | 'columns'>,
  oldFieldKeys: readonly string[],
): void {
  const { type } = choices;
  const layout = seatLayout(type);
  const importedKeys = importedFields(view, choices);
  const keys = layout.columns ? importedKeys.filter((key) => !oldFieldKeys.includes(key)) : importedKeys;
  if (keys.every((key) => customNameOf(key) === null)) return;
  applyLayout(type, { ...layout, brought: mergeColumnKeys(layout.brought, keys) });
}

/** Values outside of a field’s open list that the person chose to import, by field. */
export function valuesToAccept({
  type,
  columns,
  values,
}: Pick<SheetChoices, 'type' | 'columns' | 'values'>): Omit<AcceptedValues, 'workspace'>[] {
  return columns.flatMap((target, column) => {
    const field = target.to === 'field' ? fieldOf(type, target.field) : undefined;
    if (field?.list === undefined || field.closed === true) return [];
    const { key, list } = field;
    const newValues = values.flatMap((rule) =>
      rule.column === column && rule.create && rule.becomes !== '' && !isKnownValue(list, rule.becomes)
        ? [rule.becomes]
        : [],
    );
    return newValues.length === 0 ? [] : [{ type, field: key, values: [...new Set(newValues)] }];
  });
}
