import { consume, subscribersIn } from '#core/events/subscribers.ts';
import { openForBench } from './open.ts';

/**
 * Stores when each event was handled, and since when this process has kept up: null for events that were written before. Arguments: the
 * workspace's folder, the number of events in a transaction.
 */
const [folder = '', perTransaction = '1'] = process.argv.slice(2);
const core = await openForBench(folder);
const { services } = core;
const now = (): number => performance.timeOrigin + performance.now();
let keepsUpSince: number | null = null;
await consume({ services, session: core.session() }, 'bench', async (events) => {
  const behind = subscribersIn(services.read)[0]?.behind ?? 0;
  const since = keepsUpSince;
  if (behind * Number(perTransaction) <= events.length) keepsUpSince ??= now();
  return (write) => {
    for (const { id } of events)
      write.db.run('INSERT INTO effects (event, since, handled) VALUES (?, ?, ?)', [id, since, now()]);
  };
});
