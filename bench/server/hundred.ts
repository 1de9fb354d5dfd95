import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../row.ts';
import { connect, pushTo, startServing } from './serving.ts';
import type { Serving } from './serving.ts';

const clients = 100;
const seconds = 30;
/** Operations a second of all of them together: many more than people make. */
const perSecond = 20;
/** Milliseconds between two rounds, as core has it. */
const between = 1000;

interface Follower {
  /** Up to which number it has pulled, and when it had. */
  pulled: { seq: number; at: number }[];
  stop: () => void;
}

/** A client that is connected: at news it asks as a round of sync does, at most once in `between`. */
async function follow(serving: Serving): Promise<Follower> {
  const { call, generation } = serving;
  const socket = await connect(serving);
  const pulled: Follower['pulled'] = [];
  let [cursor, newest, isAsking, begun, isOver] = [0, 0, false, -between, false];
  const round = async (): Promise<void> => {
    if (isAsking || isOver) return;
    isAsking = true;
    await sleep(Math.max(0, begun + between - performance.now()));
    begun = performance.now();
    await call('GET', 'sync/hello');
    const { next } = await call<{ next: { seq: number } }>(
      'GET',
      `sync/pull?generation=${generation}&after=${cursor}&limit=200`,
    );
    cursor = next.seq;
    pulled.push({ seq: cursor, at: performance.now() });
    await call('POST', 'sync/digest', { ranges: [{ from: '', to: null }], parts: 1 });
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

/** Milliseconds from sending an operation until each of a hundred clients has it, at the 95th percentile, while operations come all the time. */
export const hundred: Row = {
  id: 'sync-hundred',
  name: `${clients} clients follow ${perSecond} operations a second: p95 until a client has one, in ms`,
  target: 2000,
  better: 'lower',
  async measure() {
    const serving = await startServing();
    const followers = await Promise.all(Array.from({ length: clients }, () => follow(serving)));
    try {
      const sent: { seq: number; at: number }[] = [];
      const start = performance.now();
      for (let done = 0; done < seconds * perSecond; done++) {
        const at = performance.now();
        const { seq } = await pushTo(serving, 1);
        sent.push({ seq, at });
        await sleep(Math.max(0, start + ((done + 1) * 1000) / perSecond - performance.now()));
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
  },
};
