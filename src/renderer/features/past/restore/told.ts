import { isJsonObject } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { flush, keep, useSeat } from '../../../stores/seat.ts';
import { ownKey } from '../../../stores/target.ts';
import { undoable } from '../../../stores/undo.ts';
import { shortMoment } from '../../../text/formats.ts';
import { notice } from '../../../ui/notices.tsx';

/** What was restored from the past, to be told by the page that shows now. */
interface Told {
  op_id: string;
  count: number;
  /** The moment that it was, ISO 8601. */
  to: string;
  backedUp: boolean;
}

const seatKey = (): string => ownKey('past:restored');

/** Keeps what was restored for the page that comes next. */
export async function tellNext({ op_id, count, to, backedUp }: Told): Promise<void> {
  keep(seatKey(), { op_id, count, to, backedUp });
  await flush();
}

/** Says what was restored before this page came, with the way back. */
export function tellRestored(): void {
  const item = useSeat.getState().items[seatKey()];
  if (item === undefined) return;
  keep(seatKey(), null);
  if (!isJsonObject(item)) return;
  const { op_id, count, to, backedUp } = item;
  if (typeof op_id !== 'string' || typeof count !== 'number' || typeof to !== 'string') return;
  notice({
    ...undoable(op_id),
    title: say('past:restore.done', { count, when: shortMoment(Date.parse(to)) }),
    ...(backedUp === true ? { more: say('past:restore.backedUp') } : {}),
  });
}
