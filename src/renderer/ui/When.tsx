import { useSyncExternalStore } from 'react';
import { timeAgo, exactTime } from '../text/time.ts';

/** One clock for all relative times; ticks every half minute while any is shown. */
const halfMinuteClock = {
  subscribe: (tick: () => void): (() => void) => {
    const timer = setInterval(tick, 30_000);
    return () => clearInterval(timer);
  },
  now: (): number => Math.floor(Date.now() / 30_000),
};

export function When({ at, className }: { at: string; className?: string }) {
  useSyncExternalStore(halfMinuteClock.subscribe, halfMinuteClock.now);
  return (
    <time dateTime={at} title={exactTime(at)} {...(className === undefined ? {} : { className })}>
      {timeAgo(at)}
    </time>
  );
}
