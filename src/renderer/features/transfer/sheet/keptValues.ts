import type { SheetChoices } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import type { Meant } from '../../../stores/values-meant.ts';

/** Values on no list that somebody decided to keep as they are, or wrote in the place of others, by the fields that they came into. */
export function keptValues({
  type,
  columns,
  values,
}: Pick<SheetChoices, 'type' | 'columns' | 'values'>): Omit<Meant, 'workspace'>[] {
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
