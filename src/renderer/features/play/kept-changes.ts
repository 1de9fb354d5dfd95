import { useMemo } from 'react';
import { insightsOf } from '#shared/address/view.ts';
import type { InsightsView, View } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { FieldChange } from '#shared/contract/bulk.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import { pageTarget, targetKey } from '../../stores/target.ts';
import { undoAction } from '../../stores/undo.ts';
import { notice } from '../../ui/notices.tsx';
import { whileSaving } from '../../stores/saving.ts';

const seatKey = 'play:try';

/** Stores changes to apply when the new sandbox is first opened. */
export const storeChanges = (sandbox: string, changes: readonly FieldChange[]): void =>
  setSeatItem(seatKey, { sandbox, changes: JSON.stringify(changes) });

const itemKey = 'whatif:item';

/** Stores the item of Insights that a sandbox was made for, so that What if measures the same item. The shell removes it with the sandbox. */
export function storeItem(sandbox: string, view: View): void {
  if (view.kind !== 'insights' || view.item === '') return;
  const { question, who, university, item } = view;
  setSeatItem(`${itemKey}:${sandbox}`, { question, who, university, item });
}

/** The item of Insights that the open sandbox was made for; null for none. */
export function useStoredItem(): InsightsView | null {
  const stored = useSeat(({ items }) => items[targetKey(itemKey)]);
  return useMemo(() => {
    if (stored === undefined || !isJsonObject(stored)) return null;
    const { question, who, university, item } = stored;
    const known = questions.safeParse(question).data;
    if (known === undefined || typeof item !== 'string') return null;
    return {
      ...insightsOf(known, typeof university === 'string' ? university : ''),
      who: who === 'people' || who === 'teams' ? who : 'all',
      item,
    };
  }, [stored]);
}

/** After the new sandbox is open, applies the changes that `storeChanges` stored for it. */
export async function applyStoredChanges(): Promise<void> {
  const stored = useSeat.getState().items[seatKey] as { sandbox: string; changes: string } | undefined;
  if (stored?.sandbox !== pageTarget()) return;
  setSeatItem(seatKey, null);
  const { op_id, changed } = await api.entities.applyChanges({
    changes: JSON.parse(stored.changes) as FieldChange[],
  });
  notice({ ...undoAction(op_id), title: say('play:tried', { count: changed }) });
}

export async function applyStep(changes: readonly FieldChange[], what: string): Promise<void> {
  const { op_id } = await whileSaving(() => api.entities.applyChanges({ changes: [...changes] }));
  if (op_id !== null) notice({ ...undoAction(op_id), title: say('whatif:added', { what }) });
}
