import { execFile } from 'node:child_process';
import { copyFile, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBackup } from '#core/versions/create.ts';
import { backupIds } from '#core/versions/list.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemClock, systemServices } from '#core/kernel/system.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { generateSample } from '#scripts/sample/generate.ts';
import { pairs, PeerMissing, timed } from '../row.ts';
import type { Figures, Row } from '../row.ts';
import type { Run } from '../run.ts';
import { copyAndHash } from './floor.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';

const execute = promisify(execFile);

/** How many records a turn of filling writes. */
const slice = 500;

/** A workspace of 100,000 records, folded into its file. `more` gives further fields of the record at a place. */
export async function filled(run: Run, more: (at: number) => JsonObject = () => ({})): Promise<Place> {
  const place = await openPlace();
  const { queue } = place.core.services;
  await queue.job(place.core.session(), 'bench', async (write) => {
    let index = 0;
    for (const record of generateSample({ size: run.sample, seed: 1, now: Date.UTC(2026, 0, 1) })) {
      const university = (record.payload.university_id as string | null) ?? null;
      write.records.createLater({ ...record, payload: { ...record.payload, ...more(index) } }, university);
      if ((index += 1) % slice === 0) await Promise.resolve();
    }
    write.audit.label('import', { source: '', count: index });
  });
  queue.checkpoint();
  return place;
}

export const backUp = ({ core }: Place) =>
  createBackup({ files: core.services.files, reason: 'bench', clock: systemClock, log: silentLog });

export const forget = ({ core }: Place) => rm(core.services.files.backups, { recursive: true, force: true });

/** The same file copied by the system and synced. */
async function plainCopy({ folder, core }: Place): Promise<number> {
  const target = join(folder, 'copy.sqlite');
  const took = await timed(async () => {
    await copyFile(core.services.files.live, target);
    const handle = await open(target, 'r+');
    await handle.sync();
    await handle.close();
  });
  await rm(target);
  return took;
}

/** The file copied, synced, read and hashed, without the other work of a backup. */
export async function bareCopy({ folder, core }: Place): Promise<void> {
  const target = join(folder, 'floor.sqlite');
  await copyAndHash(core.services.files.live, target);
  await rm(target);
}

/** Measures `work`, by default a backup, against a plain copy; `prepare` is not counted. */
async function against(
  run: Run,
  prepare: (place: Place, round: number) => Promise<unknown>,
  work: (place: Place) => Promise<unknown> = backUp,
): Promise<Figures> {
  const place = await filled(run);
  try {
    return await pairs(run, 'lower', {
      async ours(round) {
        await prepare(place, round);
        return timed(() => work(place));
      },
      theirs: () => plainCopy(place),
      floor: () => timed(() => bareCopy(place)),
    });
  } finally {
    await place.close();
  }
}

export const fullBackup: Row = {
  id: 'backup-full',
  name: 'verified backup of 100k records vs copying the file and syncing it',
  target: 6,
  better: 'lower',
  measure: (run) => against(run, forget),
};

/** The command as a person calls it. */
const program = fileURLToPath(new URL('../../bin/frames', import.meta.url));
const copyChecked = ['cp "$0" "$1"', 'test "$(sqlite3 "$1" "PRAGMA integrity_check")" = ok'];
/** What a person would do instead, with the tools of the system. */
const byHand = [
  ...copyChecked,
  'zstd -1 -q -f "$1" -o "$1.zst"',
  'sha256sum "$1" > "$1.sha256"',
  'zstd -t -q "$1.zst"',
  'sync "$1.zst"',
];
/** The same with a program for backups: each into a repository of its own, which it makes before. */
const withRestic = [
  ...copyChecked,
  'restic backup --quiet --repo "$1.restic" "$1"',
  'restic check --quiet --read-data --repo "$1.restic"',
];
const newRepository = ['rm -rf "$1.restic"', 'restic init --quiet --repo "$1.restic"'];

interface Peer {
  tools: readonly string[];
  /** Not counted. */
  prepare?: readonly string[];
  steps: readonly string[];
}

/** `frames backup create` beside other programs. */
const beside =
  ({ tools, prepare = [], steps }: Peer): Row['measure'] =>
  async (run) => {
    const place = await filled(run);
    const { folder, core } = place;
    const { files } = core.services;
    const env = { ...process.env, RESTIC_PASSWORD: 'bench', RESTIC_CACHE_DIR: join(folder, 'cache') };
    const shell = (lines: readonly string[]) =>
      execute('sh', ['-ec', lines.join('\n'), files.live, join(folder, 'copy')], { env });
    const command = ['backup', 'create', '--workspace', files.folder, '--json'];
    try {
      return await pairs(run, 'lower', {
        ours: () => timed(() => execute(program, command)),
        async theirs() {
          for (const tool of tools)
            await execute('sh', ['-c', `command -v ${tool}`]).catch(() => {
              throw new PeerMissing(tool);
            });
          await shell(prepare);
          return timed(() => shell(steps));
        },
        floor: () => timed(() => bareCopy(place)),
      });
    } finally {
      await place.close();
    }
  };

export const backupByHand: Row = {
  id: 'backup-by-hand',
  name: 'frames backup create of 100k records vs cp, integrity_check, zstd -1, sha256sum and zstd -t',
  target: 1.5,
  better: 'lower',
  measure: beside({ tools: ['cp', 'sqlite3', 'zstd', 'sha256sum'], steps: byHand }),
};

export const backupRestic: Row = {
  id: 'backup-restic',
  name: 'frames backup create of 100k records vs cp, integrity_check, restic backup and restic check --read-data',
  target: 0.5,
  better: 'lower',
  measure: beside({ tools: ['cp', 'sqlite3', 'restic'], prepare: newRepository, steps: withRestic }),
};

/** Restores the newest backup into a folder beside the workspace, which must not be there. */
export async function restoreNewest({ folder, core }: Place): Promise<void> {
  const { files } = core.services;
  const [id = ''] = await backupIds(files.backups);
  const { signal } = new AbortController();
  const work = { ...systemServices(), log: silentLog };
  await restoreInto({ files, id, into: join(folder, 'restored'), ...work, onProgress: () => {}, signal });
}

export const backupRestore: Row = {
  id: 'backup-restore',
  name: 'verified restore of 100k records vs copying the file and syncing it',
  target: 5,
  better: 'lower',
  measure: (run) =>
    against(
      run,
      async (place, round) => {
        if (round < 0) await backUp(place);
        await rm(join(place.folder, 'restored'), { recursive: true, force: true });
      },
      restoreNewest,
    ),
};
