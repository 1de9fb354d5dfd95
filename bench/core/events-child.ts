import { consume } from '#core/events/subscribers.ts';
import { openForBench } from './open.ts';

/** Stores each event with the times at which this process was ready and at which it handled the event. Argument: the workspace's folder. */
const core = await openForBench(process.argv[2] ?? '');
const now = (): number => performance.timeOrigin + performance.now();
let ready: number | undefined;
const consuming = consume({ services: core.services, session: core.session() }, 'bench', async (events) => {
  const since = (ready ??= now());
  return (write) => {
    for (const { id } of events)
      write.db.run('INSERT INTO effects (event, ready, handled) VALUES (?, ?, ?)', [id, since, now()]);
  };
});
await consuming;
