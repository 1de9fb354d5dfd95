import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { addSubscriber, subscribersIn } from '#core/events/subscribers.ts';
import type { Core } from '#core/open.ts';
import { createRecord } from '#core/model/commands.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { openPlace, teamPayload } from './place.ts';

const [seconds, kills, perTransaction, perSecond] = [60, 11, 10, 1000];

/** A subscriber in a process of its own, which starts again at once when it was killed. */
function startSubscriber(folder: string): { kill: () => Promise<void>; stop: () => Promise<void> } {
  const start = (): ChildProcess =>
    spawn(
      process.execPath,
      [fileURLToPath(new URL('events-child.ts', import.meta.url)), folder, String(perTransaction)],
      {
        stdio: 'inherit',
      },
    );
  const end = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, 'exit');
    if (!child.kill('SIGKILL')) throw new Error('the subscriber ended by itself');
    await ended;
  };
  let child = start();
  return {
    async kill() {
      await end(child);
      child = start();
    },
    stop: () => end(child),
  };
}

/** Writes events at a steady rate and kills the subscriber again and again. Returns when each transaction was acknowledged, by operation. */
async function writeEvents(core: Core, run: Run, kill: () => Promise<void>): Promise<Map<string, number>> {
  const written = new Map<string, number>();
  const duration = run.scaled(seconds * 1000);
  const turns = (duration * perSecond) / perTransaction / 1000;
  const start = performance.now();
  let killed = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const op = await core.services.queue.command(core.session(), (write) => {
      for (let n = 0; n < perTransaction; n += 1)
        createRecord(write, { type: 'team', data: teamPayload(turn * perTransaction + n) });
      return write.audit.op_id;
    });
    written.set(op, performance.timeOrigin + performance.now());
    if (turn >= ((killed + 1) * turns) / (run.scaled(kills) + 1)) {
      killed += 1;
      await kill();
    }
    const left = start + ((turn + 1) * duration) / turns - performance.now();
    if (left > 0) await sleep(left);
  }
  const took = performance.now() - start;
  if (!run.isSmoke && took > 1.05 * duration)
    throw new Error(`${turns * perTransaction} events took ${(took / 1000).toFixed(1)} s`);
  return written;
}

export const eventLatency: Row = {
  id: 'events',
  name: `an event until a subscriber's effect is durable, p99 of ${seconds} s with ${perSecond} events a second and ${kills} kills, catching up aside (ms)`,
  target: 100,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    const { services } = place.core;
    try {
      await services.queue.unaudited((db) =>
        db.run('CREATE TABLE effects (event TEXT PRIMARY KEY, since REAL, handled REAL NOT NULL) STRICT'),
      );
      await addSubscriber(services, 'bench');
      const { kill, stop } = startSubscriber(services.files.folder);
      try {
        const written = await writeEvents(place.core, run, kill);
        while (subscribersIn(services.read)[0]?.behind !== 0) await sleep(1);
        const effects = services.read.all<{ event: string; since: number | null; handled: number }>(
          'SELECT event, since, handled FROM effects',
        );
        const lost = written.size * perTransaction - effects.length;
        if (lost !== 0) throw new Error(`${lost} events were lost`);
        const latencies = effects.flatMap(({ event, since, handled }) => {
          const at = written.get(event.slice(0, event.indexOf('/'))) ?? 0;
          return since !== null && at > since ? [handled - at] : [];
        });
        if (!run.isSmoke && latencies.length < effects.length / 4)
          throw new Error(`the subscriber kept up with ${latencies.length} of ${effects.length} events only`);
        return { runs: [latencies.toSorted((a, b) => a - b)[Math.ceil(latencies.length * 0.99) - 1] ?? 0] };
      } finally {
        await stop();
      }
    } finally {
      await place.close();
    }
  },
};
