/**
 * A process that runs test jobs of a workspace until it is killed, or with `empty` until there are none. A job of the kind `count` creates one
 * record for each of its steps, in the commit that saves its checkpoint; the last in the commit that completes it.
 *
 * Arguments: folder, milliseconds of a lease, `empty` or nothing.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { jobKind } from '#core/jobs/kind.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { createRecord } from '#core/model/commands.ts';
import { openCore } from '#core/open.ts';

const [folder = '', leaseText = '', mode] = process.argv.slice(2);
const lease = Number(leaseText);

const count = jobKind<{ steps: number; pause: number }>({
  input: z.object({ steps: z.number(), pause: z.number() }),
  maxAttempts: 3,
  async run({ id, input: { steps, pause }, checkpoint, callWith }) {
    for (let step = Number(checkpoint ?? 0); step < steps; step++) {
      await sleep(pause);
      const call = callWith((write) => (step + 1 === steps ? write.complete(steps) : write.save(step + 1)));
      const data = { name: `${id}/${step}` };
      await call.services.queue.command(call.session, (write) =>
        createRecord(write, { type: 'project', data }),
      );
    }
    return null;
  },
});

const core = await openCore({
  workspace: folder,
  ...systemServices(),
  log: silentLog,
  holder: { kind: 'test', label: 'test jobs' },
});
const runner = core.runJobs({
  kinds: { count },
  times: { lease, heartbeat: lease / 3 },
  poll: 25,
  schedules: [],
});
writeSync(1, `${JSON.stringify({ ready: process.pid })}\n`);
if (mode === 'empty') {
  await runner.waitUntilEmpty();
  await core.close();
}
