import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { examineDatabase } from '#core/versions/check.ts';
import { packVersion } from '#core/versions/pack.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import { createIds } from '#core/kernel/system.ts';
import type { Clock, Random } from '#core/kernel/system.ts';

/** Raised whenever another file is shipped: workspaces take a new one in beside those they have. */
const version = 1;
/** When its records were made. */
const made = '2026-11-20T09:00:00.000Z';

/** Time stands still: everything is made in one moment. */
const clock: Clock = { now: () => Date.parse(made), elapsed: () => 0 };

/** Bytes that are the same each time: SHA-256 of a counter. */
function seededBytes(): Random {
  let counter = 0;
  let pool = Buffer.alloc(0);
  return {
    fill(bytes) {
      for (let index = 0; index < bytes.length; index += 1) {
        if (pool.length === 0) pool = createHash('sha256').update(`golden ${counter++}`).digest();
        bytes[index] = pool[0] as number;
        pool = pool.subarray(1);
      }
    },
  };
}

/**
 * Makes the golden copy that comes with the program in a folder: the small sample, as a version file that is the same to the byte
 * each time.
 */
export async function makeGolden(into: string): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'frames-golden-'));
  try {
    const workspace = join(temporary, 'workspace');
    await makeWorkspace(workspace);
    const image = join(temporary, 'golden.sqlite');
    vacuum(join(workspace, 'frames.sqlite'), image);
    writeFileSync(image, withoutMaker(readFileSync(image)));
    const target = join(into, 'golden.frames');
    rmSync(target, { force: true });
    const golden = { by: 'FRAMES, the small sample with seed 1', note: '', shipped: version };
    const about = { kind: 'golden', made, reason: 'golden', app: `sample ${version}`, golden } as const;
    const manifest = { ...about, ...examineDatabase(image, silentLog) };
    const documents = { documents: '', contents: [], named: [] };
    const { problem } = await packVersion({ database: image, target, manifest, documents }, () => {});
    if (problem !== null) throw new Error(problem);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function makeWorkspace(folder: string): Promise<void> {
  const random = seededBytes();
  const core = await openCore({
    workspace: folder,
    clock,
    random,
    ids: createIds(clock, random),
    log: silentLog,
    create: { owner: 'FRAMES', name: 'Golden copy' },
    holder: { kind: 'command', label: 'npm run golden' },
  });
  try {
    await fillSample(core.services, core.session());
  } finally {
    await core.close();
  }
}

/** Writes a database anew, page by page in one order. */
function vacuum(file: string, image: string): void {
  const db = new Database(file);
  try {
    db.prepare('VACUUM INTO ?').run(image);
  } finally {
    db.close();
  }
}

/** SQLite notes in bytes 96 to 99 which version of it wrote the file, and never asks for it: a newer one would make another file. */
function withoutMaker(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(3_000_000, 96);
  return bytes;
}
