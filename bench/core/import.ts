import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableOf } from '#shared/domain/types.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';

const [teams, links] = [4000, 100_000];

/** A file of ours with so many links, their ids in no order. */
function document(run: Run): string {
  const counts = { teams: run.scaled(teams), links: run.scaled(links) };
  const bonds = ['codified-strong', 'codified-moderate', 'institutional-weak', 'fragile-temporary'];
  return JSON.stringify({
    universities: [{ id: 'univ', name: 'Summit' }],
    teams: Array.from({ length: counts.teams }, (_, n) => ({
      id: `t${n}`,
      name: `Team ${n}`,
      university_id: 'univ',
    })),
    interfaces: Array.from({ length: counts.links }, (_, n) => ({
      id: `link_${((n * 48_271) % 2_147_483_647).toString(16)}-${n}`,
      from: `t${n % counts.teams}`,
      to: `t${(n * 7 + 1 + (n % counts.teams)) % counts.teams}`,
      bondType: bonds[n % bonds.length],
      energyLoss: [5, 15, 35, 60][n % bonds.length],
      note: `Weekly meeting ${n % 5000}`,
    })),
  });
}

async function importInto({ core }: Place, path: string): Promise<void> {
  const grant = core.grants.issue(path, 'read');
  for await (const _ of await core.client(core.session()).transfer.importFile({ grant, force: true }))
    continue;
  core.services.queue.checkpoint();
}

async function insertRaw({ raw }: Place, path: string): Promise<void> {
  const lists = JSON.parse(await readFile(path, 'utf8')) as Record<string, { id: string }[]>;
  raw.exec('BEGIN IMMEDIATE');
  for (const table of [tableOf.university, tableOf.team, tableOf.interface]) {
    const insert = raw.prepare(
      `INSERT INTO ${table} (id, payload, created_at, updated_at) VALUES (?, ?, ?, ?)`,
    );
    for (const { id, ...payload } of lists[table] ?? []) {
      const now = new Date().toISOString();
      insert.run(id, JSON.stringify(payload), now, now);
    }
  }
  raw.exec('COMMIT');
  raw.pragma('wal_checkpoint(PASSIVE)');
}

export const importFile: Row = {
  id: 'import-file',
  name: 'import of a JSON file with 100k links vs JSON.parse and raw row-at-a-time insert',
  target: 0.5,
  better: 'higher',
  async measure(run) {
    const path = join(tmpdir(), `frames-bench-${process.pid}.json`);
    await writeFile(path, document(run));
    let place = await openPlace();
    // Each import and each insert starts from empty files.
    const fresh = async (work: (place: Place, path: string) => Promise<void>): Promise<number> => {
      await place.close();
      place = await openPlace();
      return timed(() => work(place, path));
    };
    try {
      return await pairs(run, 'higher', { ours: () => fresh(importInto), theirs: () => fresh(insertRaw) });
    } finally {
      await place.close();
      await rm(path, { force: true });
    }
  },
};
