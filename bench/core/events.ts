import { setTimeout as sleep } from 'node:timers/promises';
import { consume, subscribersIn } from '#core/events/subscribers.ts';
import type { WriteQueueMethods } from '#core/log/commands/write-queue.ts';
import { createRecord } from '#core/model/commands.ts';
import { each } from '../row.ts';
import type { Row } from '../row.ts';
import { openPlace, teamPayload } from './place.ts';

export const eventLatency: Row = {
  id: 'events',
  name: 'event to durable effect of a subscriber, p99 of 1,000 changes written one after the other (ms)',
  target: 100,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    const { services, session } = place.core.context(place.core.session());
    const [written, latencies] = [new Map<string, number>(), [] as number[]];
    let handled: string[] = [];
    const command: WriteQueueMethods['command'] = async (by, work) => {
      const result = await services.queue.command(by, work);
      const now = performance.now();
      for (const id of handled) latencies.push(now - (written.get(id) ?? now));
      handled = [];
      return result;
    };
    const unaudited: WriteQueueMethods['unaudited'] = (work) => services.queue.unaudited(work);
    const stop = new AbortController();
    try {
      await services.queue.unaudited((db) => db.run('CREATE TABLE effects (event TEXT NOT NULL) STRICT'));
      const consuming = consume(
        {
          services: { ...services, queue: { ...services.queue, command, unaudited } },
          session,
        },
        'bench',
        async (events) => (write) => {
          for (const { id } of events) write.db.run('INSERT INTO effects (event) VALUES (?)', [id]);
          handled = events.map(({ id }) => id);
        },
        { signal: stop.signal },
      );
      const isBehind = (): boolean => subscribersIn(services.read)[0]?.behind !== 0;
      while (isBehind()) await sleep(1);
      const figures = await each(run, async () => {
        latencies.length = 0;
        const count = run.scaled(1000);
        for (let n = 0; n < count; n += 1) {
          const op = await services.queue.command(session, (write) => {
            createRecord(write, { type: 'team', data: teamPayload(n) });
            return write.audit.op_id;
          });
          written.set(`${op}/0`, performance.now());
        }
        while (isBehind() || latencies.length < count) await sleep(1);
        return latencies.toSorted((a, b) => a - b)[Math.ceil(count * 0.99) - 1] ?? 0;
      });
      stop.abort();
      await consuming;
      return figures;
    } finally {
      stop.abort();
      await place.close();
    }
  },
};
