/**
 * A process of its own that writes a record and makes a backup, again and again until it is killed, now and then with a write beside it. It
 * prints what is done before it goes on.
 *
 * Arguments: folder, seed.
 */
import { writeSync } from 'node:fs';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { systemServices } from '#core/kernel/system.ts';
import { resultOf } from '#test/support/sandboxes.ts';

/** A backup, and how many teams it must hold at least. */
export interface BackedUpLine {
  id: string;
  teams: number;
}

const [folder, seed] = process.argv.slice(2) as [string, string];
const core = await openCore({
  workspace: folder,
  ...systemServices(),
  log: silentLog,
  holder: { kind: 'test', label: 'a backer' },
});
const client = core.client(core.session());
const { counts } = await client.workspace.info({});
let teams = counts['teams'] ?? 0;
for (let at = 0; ; at += 1) {
  const data = { name: `Team ${seed} ${at}`, description: `${at} `.repeat(1000) };
  await client.entities.create({ type: 'team', data });
  teams += 1;
  const { id } = await resultOf(await client.backups.create({}));
  writeSync(1, `${JSON.stringify({ id, teams } satisfies BackedUpLine)}\n`);
}
