import type { Json } from '#shared/domain/json.ts';
import type { JobQueue } from './queue.ts';

export interface Schedule {
  key: string;
  kind: string;
  input: Json;
  /** Milliseconds from one job to the next. */
  every: number;
}

const dayMs = 86_400_000;

export const jobSchedules: readonly Schedule[] = [
  { key: 'index', kind: 'index', input: { rebuild: false }, every: dayMs },
  { key: 'verify', kind: 'verify', input: {}, every: 7 * dayMs },
];

export const isDue = (
  { every }: Pick<Schedule, 'every'>,
  { last, now }: { last: string; now: number },
): boolean => {
  const elapsedMs = now - Date.parse(last);
  // A time in the future means that the clock was set back.
  return elapsedMs >= every || elapsedMs < -every;
};

/** Enqueues one job for each due schedule. `createdAt` is the workspace's creation time: the first job comes one period later. */
export async function enqueueDue(
  queue: JobQueue,
  schedules: readonly Schedule[],
  { now, createdAt, maxAttempts }: { now: number; createdAt: string; maxAttempts: (kind: string) => number },
): Promise<void> {
  for (const { key, kind, input, every } of schedules) {
    const last = queue.lastEnqueuedAt(key) ?? createdAt;
    if (isDue({ every }, { last, now }))
      await queue.enqueue({
        kind,
        input,
        maxAttempts: maxAttempts(kind),
        createdBy: '',
        priority: -10,
        schedule: key,
      });
  }
}
