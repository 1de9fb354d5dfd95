/**
 * A process of its own that writes changes and consumes their events, until it kills itself around a commit of the subscriber: in the
 * transaction, after everything but its commit; or right after the commit. Prints the id of each operation that core acknowledged. Arguments:
 * folder, seed, which commit (0: none; then it ends when everything is consumed), "before" or "after".
 */
import { writeSync } from 'node:fs';
import { consume, subscribersIn } from '#core/events/subscribers.ts';
import { openSeeded } from '#test/support/workspace.ts';

const [folder = '', seed = '1', killAt = '0', where = 'before'] = process.argv.slice(2);
const core = await openSeeded({ folder, seed: Number(seed) });
const session = core.session();
const stop = new AbortController();
let commits = 0;
const die = (): boolean => process.kill(process.pid, 'SIGKILL');

const consuming = consume(
  { services: core.services, session },
  'reader',
  async (events) => {
    // The previous commit is durable, and this process has done nothing since.
    if (where === 'after' && commits === Number(killAt) && commits > 0) die();
    return ({ db }) => {
      for (const { id } of events) db.run('INSERT INTO effects (event) VALUES (?)', [id]);
      commits += 1;
      if (where === 'before' && commits === Number(killAt)) die();
    };
  },
  { signal: stop.signal },
);

const behind = (): number => subscribersIn(core.services.read)[0]?.behind ?? 1;
const consumed = async (): Promise<void> => {
  while (behind() > 0) await new Promise((resolve) => setTimeout(resolve, 1));
};
const changes = killAt === '0' ? 0 : 30;
for (let n = 0; n < changes; n += 1) {
  const { op_id } = await core.client(session).entities.create({ type: 'team', data: { name: `Team ${n}` } });
  writeSync(1, `${JSON.stringify({ op_id })}\n`);
  // Some changes are consumed one by one, others together.
  if (n % 3 > 0) await consumed();
}
await consumed();
stop.abort();
await consuming;
await core.close();
