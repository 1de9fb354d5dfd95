/**
 * A process of its own that changes some teams in a sandbox and promotes that, again and again until it is killed. It prints what it
 * begins, and what is done, before it goes on.
 *
 * Arguments: folder, id of the sandbox, the number to begin with.
 */
import { writeSync } from 'node:fs';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { systemServices } from '#core/kernel/system.ts';
import type { Target } from '#shared/domain/target.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';

/** The size that all teams get, and the change that gave it to them. */
export type Promoting = { begun: number } | { done: number; op_id: string };

const [folder, id, first] = process.argv.slice(2) as [string, string, string];
const say = (line: Promoting): void => void writeSync(1, `${JSON.stringify(line)}\n`);
const open = (target: Target) =>
  openCore({
    workspace: folder,
    target,
    ...systemServices(),
    log: silentLog,
    holder: { kind: 'test', label: 'a promoter' },
  });
const live = clientOf(await open({ kind: 'live' }));
const play = clientOf(await open({ kind: 'sandbox', id }));
const { rows } = await play.entities.list({ type: 'team', limit: 1000 });
for (let size = Number(first); ; size += 1) {
  for (const team of rows) await play.entities.update({ type: 'team', id: team.id, data: { size } });
  say({ begun: size });
  const { op_id } = await resultOf(await live.sandboxes.promote({ id, conflicts: 'play' }));
  say({ done: size, op_id: op_id ?? '' });
}
