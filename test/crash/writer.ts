/**
 * A process of its own that writes to a workspace until it is killed or done. Every change that core has acknowledged is
 * printed to stdout as a line of JSON before the next one is asked for; the last line of a process that ends well is `done`.
 *
 * Arguments: folder, role (window: several callers at once; plain: the same without imports; command: one change after the
 * other, opening anew each time), seed, how many changes each caller makes (0 without end).
 */
import { writeSync } from 'node:fs';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { writeSomething } from './deeds.ts';
import type { Acknowledged } from './deeds.ts';
import type { Done } from './lines.ts';

const [folder, role, seedText, countText] = process.argv.slice(2) as [
  string,
  'window' | 'plain' | 'command',
  string,
  string,
];
const seed = Number(seedText);
const count = Number(countText) || Number.POSITIVE_INFINITY;

function say(line: Acknowledged | Done): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function open(): Promise<Core> {
  const ids = createIds(systemClock, systemRandom);
  const holder = { kind: 'test' as const, label: `test ${role}` };
  return openCore({
    workspace: folder,
    clock: systemClock,
    ids,
    random: systemRandom,
    log: silentLog,
    holder,
  });
}

async function caller(core: Core, next: () => number, changes: number): Promise<void> {
  for (let made = 0; made < changes;) {
    const acknowledged = await writeSomething(core, next, role !== 'plain');
    if (!acknowledged) continue;
    say(acknowledged);
    made += 1;
  }
}

const lastOf = (core: Core): number =>
  core.services.read.get<{ id: number }>('SELECT max(id) AS id FROM audit_transactions')?.id ?? 0;

if (role !== 'command') {
  const core = await open();
  const stop = new AbortController();
  const seen: number[] = [];
  const cursor = lastOf(core);
  const watching = (async () => {
    const client = core.client(core.session());
    const changes = await client.events.watch({ cursor }, { signal: stop.signal });
    for await (const change of changes) seen.push(change.cursor);
  })();
  await Promise.all([1, 2, 3, 4].map((number) => caller(core, seededNumbers(seed + number), count)));
  // What others write last is noticed within a moment; the parent says when there is nothing more to come.
  await new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
  const last = lastOf(core);
  while ((seen.at(-1) ?? 0) < last) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await watching;
  await core.close();
  say({ done: true, seen });
  process.stdin.destroy();
} else {
  const next = seededNumbers(seed);
  for (let made = 0; made < count; made += 3) {
    const core = await open();
    await caller(core, next, Math.min(3, count - made));
    await core.close();
  }
  say({ done: true });
}
