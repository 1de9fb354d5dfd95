import { setTimeout as sleep } from 'node:timers/promises';
import { HintPace } from '#core/sync/hint-pace.ts';
import { shakeHands } from '#core/sync/remote.ts';
import { each } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { atServer, connect, pushTo } from './serving.ts';
import type { Serving } from './serving.ts';

const clients = 100;
/** How long operations keep coming, and how long the last one may take, in milliseconds. */
const [duration, atLast] = [30_000, 5000];
/** Operations a second of all of them together: many more than people make. */
const perSecond = 20;

interface Follower {
  /** Up to which number it has pulled, and when it had. */
  pulled: { seq: number; at: number }[];
  /** Waits for the pull in flight. Rejects if a pull failed. */
  close: () => Promise<void>;
}

/** A client that is connected: at hints it pulls as a workspace does where nothing is pending. */
async function follow(serving: Serving): Promise<Follower> {
  const { remote, generation } = serving;
  const pulled: Follower['pulled'] = [];
  const pace = new HintPace();
  let { seq: cursor } = (await shakeHands(remote, 'all')).head;
  let [newest, isAsking, isOver] = [0, false, false];
  let lastRound: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    if (isOver) return;
    isAsking = true;
    await sleep(pace.pauseAt(performance.now()));
    pace.noteSync(performance.now());
    const { next } = await remote.sync.pull({ generation, after: cursor, limit: 200 });
    cursor = next.seq;
    pulled.push({ seq: cursor, at: performance.now() });
    isAsking = false;
    if (cursor < newest) await round();
  };
  const channel = await connect(serving, (seq) => {
    newest = Math.max(newest, seq);
    if (isAsking) return;
    lastRound = round();
    // `close` reports the error.
    lastRound.catch(() => undefined);
  });
  return {
    pulled,
    close() {
      isOver = true;
      channel.close();
      return lastRound;
    },
  };
}

/** Milliseconds from sending an operation until each client has it, at the 95th percentile, while operations come all the time. */
const latency = (run: Run, count: number, rate: number): Promise<number> =>
  atServer(run, async (serving) => {
    const followers = await Promise.all(Array.from({ length: run.scaled(count) }, () => follow(serving)));
    try {
      const sent: { seq: number; at: number }[] = [];
      const start = performance.now();
      for (let done = 0; done < (run.scaled(duration) / 1000) * rate; done++) {
        const at = performance.now();
        sent.push({ seq: await pushTo(serving, 1), at });
        await sleep(Math.max(0, start + ((done + 1) * 1000) / rate - performance.now()));
      }
      const last = sent.at(-1)?.seq ?? 0;
      const isDone = ({ pulled }: Follower): boolean => (pulled.at(-1)?.seq ?? 0) >= last;
      for (let waited = 0; waited < atLast && !followers.every(isDone); waited += 50) await sleep(50);
      const times = followers.flatMap(({ pulled }) =>
        sent.map(({ seq, at }) => (pulled.find((one) => one.seq >= seq)?.at ?? Infinity) - at),
      );
      return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] as number;
    } finally {
      await Promise.all(followers.map(({ close }) => close()));
    }
  });

const latencyRow = (id: string, count: number, rate: number, target: number): Row => ({
  id,
  name: `${count} clients follow ${rate} operations a second: p95 until a client has one, in ms`,
  target,
  better: 'lower',
  measure: async (run) => ({ runs: [await latency(run, count, rate)] }),
});

export const latencyOfOne = latencyRow('sync-latency', 1, 1, 100);
export const latencyOfHundred = latencyRow('sync-latency-hundred', clients, 1, 400);
export const hundred = latencyRow('sync-hundred', clients, perSecond, 2000);

const [writers, writing] = [64, 3000];

/** Pushes of one operation each, a second, of many who wait at once. */
export const singlePushes: Row = {
  id: 'sync-single',
  name: `single pushes a second, ${writers} at once`,
  target: 800,
  better: 'higher',
  measure: (run) =>
    atServer(run, (serving) =>
      each(run, async () => {
        const start = performance.now();
        let done = 0;
        await Promise.all(
          Array.from({ length: run.scaled(writers) }, async () => {
            while (performance.now() - start < run.scaled(writing)) {
              await pushTo(serving, 1);
              done += 1;
            }
          }),
        );
        return (done * 1000) / (performance.now() - start);
      }),
    ),
};
