import { useEffect, useState } from 'react';
import type { Moment, Restored } from '#shared/contract/moments.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { api } from '../../../api/client.ts';
import { isCancelled } from '../../../api/failures.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { useActor } from '../../../stores/profile.ts';
import { describeError, faultData } from '../../../text/faults.ts';
import { failureText } from '../../../text/refusal.ts';
import { useEnding } from '../../../ui/useEnding.ts';
import { turnToNow } from '../../workspace/turn.ts';
import { afterText } from './after.ts';
import { tellNext } from './told.ts';

/** How many records become different. */
export const countOf = ({ created, restored, updated, removed }: Restored): number =>
  [created, restored, updated, removed].reduce((sum, of) => sum + sumOf(of), 0);

type Ids = readonly string[] | null;

/** What restoring would do. */
const look = (
  at: number,
  ids: Ids,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Restored> =>
  follow(api.moments.restore({ at, ids: ids && [...ids], dry: true }, { signal }), tell, signal);

/** That somebody was faster, by which records where that is known, that nothing was done, and what doing it now does, if anything. */
function overtakenText(error: unknown, found: Restored): string {
  const { title, detail } = describeError(error);
  const now = countOf(found) > 0 ? 'overtaken' : 'overtakenDone';
  return `${detail ?? `${title}.`} ${say(`past:restore.${now}`)}`;
}

/** Looks at what restoring would do, does it, and goes back to now. `ids` null is everything. */
export function useRestoring(moment: Moment, ids: Ids, onDone: () => void) {
  const me = useActor()?.id;
  const [preview, setPreview] = useState<Restored | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const ending = useEnding();
  const { id: at, created_at } = moment;

  useEffect(() => {
    const { signal, abort } = abortable();
    look(at, ids, (now) => setProgress(now), signal)
      .then((found) => setPreview(found))
      .catch((error: unknown) => {
        if (!isCancelled(error)) setFailure(failureText(error));
      })
      .finally(() => setProgress(null));
    return abort;
  }, [at, ids]);

  /** What was changed since is seen before anybody says so again. Throws every other error. */
  const lookAgain = async (error: unknown, signal: AbortSignal): Promise<void> => {
    if (faultData(error, 'MOVED_ON') === null) throw error;
    const found = await look(at, ids, setProgress, signal);
    setPreview(found);
    setFailure(overtakenText(error, found));
  };

  const restore = async (): Promise<void> => {
    if (!preview || running) return;
    const signal = ending.begin();
    setRunning(true);
    setFailure(null);
    try {
      const asked = { at, ids: ids && [...ids], seen: preview.head };
      const done = await follow(api.moments.restore(asked, { signal }), setProgress, signal);
      if (done.op_id !== null) {
        const told = {
          op_id: done.op_id,
          count: countOf(done),
          to: created_at,
          after: afterText(moment, me),
        };
        await tellNext({ ...told, backedUp: done.backup !== null });
      }
      onDone();
      await turnToNow();
    } catch (error) {
      await lookAgain(error, signal).catch((other: unknown) => {
        if (!isCancelled(other)) setFailure(failureText(other));
      });
    } finally {
      setRunning(false);
      setProgress(null);
    }
  };
  const cancel = (): void => (running ? ending.end() : onDone());
  return { preview, failure, progress, running, restore, cancel };
}

function abortable(): { signal: AbortSignal; abort: () => void } {
  const ending = new AbortController();
  return { signal: ending.signal, abort: () => ending.abort() };
}
