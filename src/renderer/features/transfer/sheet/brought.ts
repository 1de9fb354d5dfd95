import type { SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import { isOwnName, ownFieldKey, ownNameOf } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { broughtAnew } from '../../records/column-layout.ts';
import { applyLayout, seatLayout } from '../../../stores/list-layout.ts';

/** The fields that the columns of a table become, as lists name them, in its order; what is empty or left out is none. */
export function broughtBy(
  { columns }: Pick<SheetView, 'columns'>,
  choices: Pick<SheetChoices, 'type' | 'columns'>,
): readonly string[] {
  const keys = choices.columns.flatMap((target, index): string[] => {
    if ((columns[index]?.filled ?? 0) === 0) return [];
    if (target.to === 'field' || target.to === 'id_of') return [target.field];
    return target.to === 'own' && isOwnName(choices.type, target.name) ? [ownFieldKey(target.name)] : [];
  });
  return [...new Set(keys)];
}

/** The own fields that records of the type have, as lists name them. */
export async function ownKeys(type: EntityType): Promise<readonly string[]> {
  return (await api.entities.ownFields({ type })).map(({ name }) => ownFieldKey(name));
}

/**
 * Shows the columns of a table that was imported in the lists of its type: else one would think that half of it was lost. Columns that
 * the person chose stay as they are, with what no record had `before`; saved views keep their own.
 */
export function showBrought(
  view: Pick<SheetView, 'columns'>,
  choices: Pick<SheetChoices, 'type' | 'columns'>,
  before: readonly string[],
): void {
  const { type } = choices;
  const layout = seatLayout(type);
  const all = broughtBy(view, choices);
  const keys = layout.columns ? all.filter((key) => !before.includes(key)) : all;
  if (keys.every((key) => ownNameOf(key) === null)) return;
  applyLayout(type, { ...layout, brought: broughtAnew(layout.brought, keys) });
}
