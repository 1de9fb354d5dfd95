import type { Health } from '#shared/contract/care.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { lockReading } from '../kernel/db/lock.ts';
import { sidecarRemover } from '../kernel/db/sidecar-cleanup.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { settleRestore } from '../kernel/swap/settle.ts';
import { healthOf } from './health.ts';
import type { Looking } from './health.ts';

/** As `healthOf` for a workspace that is not open: locks the file and leaves its folder as it was. */
export async function* healthOfClosed(looking: Looking): Stream<Health> {
  const { files, log } = looking;
  await settleRestore(files, log);
  const lock = await retryWhileBusy(() => lockReading(files.lock));
  const leave = sidecarRemover(files.data);
  try {
    yield* healthOf(looking);
  } finally {
    leave();
    lock?.release();
  }
}
