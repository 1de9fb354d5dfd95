import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../row.ts';
import { connect, pushTo, startServing } from './serving.ts';
import type { Serving } from './serving.ts';

const clients = 100;
const seconds = 30;
/** Operations a second of all of them together: many more than people make. */
const perSecond = 20;
/** Milliseconds between two rounds for news, of which a few may come soon: as `core/sync/service.ts` has it. */
const [soon, between, mostSoon] = [100, 1000, 5];

interface Follower {
  /** Up to which number it has pulled, and when it had. */
  pulled: { seq: number; at: number }[];
  stop: () => void;
}

/** A client that is connected: at news it pulls as a workspace does where nothing is pending. */
async function follow(serving: Serving): Promise<Follower> {
  const { call, generation } = serving;
  const socket = await connect(serving);
  const pulled: Follower['pulled'] = [];
  const { head } = await call<{ head: { seq: number } }>('GET', 'sync/hello');
  let [cursor, newest, isAsking, isOver] = [head.seq, 0, false, false];
  let [begun, left] = [-between, mostSoon];
  const round = async (): Promise<void> => {
    if (isAsking || isOver) return;
    isAsking = true;
    const passed = performance.now() - begun;
    const pause = left + passed / between >= 1 ? soon : between;
    await sleep(Math.max(0, pause - passed));
    left = Math.max(0, Math.min(mostSoon, left + (performance.now() - begun) / between) - 1);
    begun = performance.now();
    const { next } = await call<{ next: { seq: number } }>(
      'GET',
      `sync/pull?generation=${generation}&after=${cursor}&limit=200`,
    );
    cursor = next.seq;
    pulled.push({ seq: cursor, at: performance.now() });
    isAsking = false;
    if (cursor < newest) await round();
  };
  socket.on('head', ({ seq }: { seq: number }) => {
    newest = Math.max(newest, seq);
    void round();
  });
  return {
    pulled,
    stop() {
      isOver = true;
      socket.disconnect();
    },
  };
}

/** Milliseconds from sending an operation until each client has it, at the 95th percentile, while operations come all the time. */
async function latency(count: number, rate: number, duration: number): Promise<number[]> {
  const serving = await startServing();
  const followers = await Promise.all(Array.from({ length: count }, () => follow(serving)));
  try {
    const sent: { seq: number; at: number }[] = [];
    const start = performance.now();
    for (let done = 0; done < duration * rate; done++) {
      const at = performance.now();
      const { seq } = await pushTo(serving, 1);
      sent.push({ seq, at });
      await sleep(Math.max(0, start + ((done + 1) * 1000) / rate - performance.now()));
    }
    await sleep(5000);
    const times = followers.flatMap(({ pulled }) =>
      sent.map(({ seq, at }) => (pulled.find((one) => one.seq >= seq)?.at ?? Infinity) - at),
    );
    return [times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] as number];
  } finally {
    for (const { stop } of followers) stop();
    await serving.stop();
  }
}

const latencyRow = (id: string, count: number, rate: number, target: number): Row => ({
  id,
  name: `${count} clients follow ${rate} operations a second: p95 until a client has one, in ms`,
  target,
  better: 'lower',
  measure: () => latency(count, rate, seconds),
});

export const latencyOfOne = latencyRow('sync-latency', 1, 1, 100);
export const latencyOfHundred = latencyRow('sync-latency-hundred', clients, 1, 400);
export const hundred = latencyRow('sync-hundred', clients, perSecond, 2000);

const writers = 64;

/** Pushes of one operation each, a second, of many who wait at once. */
export const singlePushes: Row = {
  id: 'sync-single',
  name: `single pushes a second, ${writers} at once`,
  target: 800,
  better: 'higher',
  async measure(repetitions) {
    const serving = await startServing();
    try {
      const rates: number[] = [];
      for (let round = -1; round < repetitions; round++) {
        const start = performance.now();
        let done = 0;
        await Promise.all(
          Array.from({ length: writers }, async () => {
            while (performance.now() - start < 3000) {
              const { accepted } = await pushTo(serving, 1);
              done += accepted.length;
            }
          }),
        );
        if (round >= 0) rates.push((done * 1000) / (performance.now() - start));
      }
      return rates;
    } finally {
      await serving.stop();
    }
  },
};
