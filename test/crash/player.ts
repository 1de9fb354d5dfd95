/**
 * A process of its own that makes sandboxes, works in them and throws them away until it is killed. What core has acknowledged is printed as
 * a line of JSON before the next thing is asked for.
 *
 * Arguments: folder, seed.
 */
import { writeSync } from 'node:fs';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Target } from '#shared/domain/target.ts';
import { take } from '#test/support/sandboxes.ts';
import { seededNumbers } from '#test/support/seeded.ts';

/** What was acknowledged about a sandbox; that it shall be deleted for good is said beforehand. */
export interface Played {
  id: string;
  did: 'taken' | 'edited' | 'renamed' | 'discarded' | 'recovered' | 'deleting';
}

const [folder, seed] = process.argv.slice(2) as [string, string];
const next = seededNumbers(Number(seed));
const say = (line: Played): void => void writeSync(1, `${JSON.stringify(line)}\n`);

function open(target: Target): Promise<Core> {
  const ids = createIds(systemClock, systemRandom);
  const holder = { kind: 'test' as const, label: 'player' };
  const parts = { clock: systemClock, ids, random: systemRandom, log: silentLog, holder };
  return openCore({ workspace: folder, target, ...parts });
}

const live = await open({ kind: 'live' });
const client = live.client(live.session());

async function edit(id: string): Promise<void> {
  const core = await open({ kind: 'sandbox', id });
  for (let made = 0; made < 3; made += 1) {
    await core.client(core.session()).entities.create({ type: 'university', data: { name: 'Played' } });
    say({ id, did: 'edited' });
  }
  await core.close();
}

for (let at = 0; ; at += 1) {
  const [here, gone] = [await client.sandboxes.list({}), await client.sandboxes.trash({})];
  const one = here[next() % Math.max(1, here.length)];
  const other = gone[next() % Math.max(1, gone.length)];
  const name = `${seed} ${at}`;
  const deed = next() % 6;
  if (gone.length > 3) {
    for (const { id } of gone) say({ id, did: 'deleting' });
    await client.sandboxes.emptyTrash({});
    continue;
  }
  if (!one || (deed < 2 && here.length < 8)) {
    const from = one && deed === 1 ? one.id : undefined;
    say({ id: (await take(client, name, from)).id, did: 'taken' });
  } else if (deed < 4) await edit(one.id);
  else if (other && next() % 2 === 0) {
    await client.sandboxes.recover({ id: other.id });
    say({ id: other.id, did: 'recovered' });
  } else if (deed === 4) {
    await client.sandboxes.rename({ id: one.id, name });
    say({ id: one.id, did: 'renamed' });
  } else {
    await client.sandboxes.discard({ id: one.id });
    say({ id: one.id, did: 'discarded' });
  }
}
