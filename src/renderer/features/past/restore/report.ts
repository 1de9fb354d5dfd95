import { isJsonObject } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { flushSeat, setSeatItem, useSeat } from '../../../stores/seat.ts';
import { targetKey } from '../../../stores/target.ts';
import { undoAction } from '../../../stores/undo.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { notice } from '../../../ui/notices.tsx';

interface RestoreReport {
  op_id: string;
  count: number;
  /** The point in time (ISO 8601); `after` describes the last change before it. */
  to: string;
  after: string;
  backedUp: boolean;
}

const seatKey = (): string => targetKey('past:restored');

/** Stores the report for the page that opens after the restore. */
export async function storeReport({ op_id, count, to, after, backedUp }: RestoreReport): Promise<void> {
  setSeatItem(seatKey(), { op_id, count, to, after, backedUp });
  await flushSeat();
}

/** Shows the report that the previous page stored, with a button to undo the restore. */
export function showRestoreReport(): void {
  const item = useSeat.getState().items[seatKey()];
  if (item === undefined) return;
  setSeatItem(seatKey(), null);
  if (!isJsonObject(item)) return;
  const { op_id, count, to, after, backedUp } = item;
  if (typeof op_id !== 'string' || typeof count !== 'number' || typeof to !== 'string') return;
  const notes = [
    ...(typeof after === 'string' ? [after] : []),
    ...(backedUp === true ? [say('past:restore.backedUp')] : []),
  ];
  notice({
    ...undoAction(op_id),
    title: say('past:restore.done', { count, when: dateTimeToSecond(to) }),
    ...(notes.length > 0 ? { more: notes.join(' ') } : {}),
  });
}
