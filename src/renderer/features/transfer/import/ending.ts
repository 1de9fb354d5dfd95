import { api } from '../../../api/client.ts';
import { isCancelled, isDisconnected } from '../../../api/failures.ts';
import { say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { countedAll } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import type { Landing } from './state.ts';

/** Id of the newest entry of the history; 0 when there is none. */
export async function newestEntry(): Promise<number> {
  return (await api.history.list({ limit: 1 })).rows[0]?.id ?? 0;
}

/** Whether an import of a file of that name is among the entries after `since`. */
export async function landingOf(source: string, since: number): Promise<Landing> {
  const { rows } = await api.history.list({ limit: 100 });
  const found = rows.find(
    ({ id, label, params }) =>
      id > since && ['import', 'sheet.import'].includes(label) && params.source === source,
  );
  return found ? { state: 'landed', op_id: found.op_id } : { state: 'not' };
}

/** Tells somebody who has gone elsewhere that an import is done, and leads back to it. `counts` are by table. */
export function reportImported(name: string, counts: Readonly<Record<string, number>>): void {
  const what = countedAll(counts);
  notice({
    title:
      what === ''
        ? say('transfer:done.noticeNothing', { name })
        : say('transfer:done.notice', { what, name }),
    waits: true,
    action: { label: say('transfer:done.showNotice'), run: () => go({ kind: 'import' }) },
  });
}

interface Ending {
  /** The file's own name. */
  name: string;
  error: unknown;
  /** Newest entry of the history before it began; null when that was not known. */
  since: number | null;
  /** Shows the failure, with what is known of whether it arrived all the same. */
  fail: (landing: Landing | null) => void;
  /** Goes back to what was looked at before: it was cancelled, and nothing arrived. */
  takeBack: () => void;
  /** Whether somebody still waits for how it ended. */
  waits: () => boolean;
}

/** An import that gave no result. Whether it was done in its last moment, only the history knows. */
export async function endWithout({ name, error, since, fail, takeBack, waits }: Ending): Promise<void> {
  if (since === null || !(isCancelled(error) || isDisconnected(error))) {
    fail(null);
    return;
  }
  if (isDisconnected(error)) fail({ state: 'looking' });
  const landing = await landingOf(name, since).catch(() => null);
  if (!waits()) return;
  if (isCancelled(error) && landing?.state !== 'landed') {
    takeBack();
    notice({ title: say('transfer:cancelled'), more: say('transfer:cancelledMore') });
  } else fail(landing);
}
