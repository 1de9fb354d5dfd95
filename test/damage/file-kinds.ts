import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { behind, liveOf, overwrite } from './bytes.ts';
import type { Kind } from './kind.ts';

const bytes = (folder: string): number => statSync(liveOf(folder)).size;
const instead = (folder: string): string => {
  rmSync(liveOf(folder));
  return liveOf(folder);
};

/** What can become of the live file as a whole. */
export const fileKinds: readonly Kind[] = [
  {
    name: 'the file is missing',
    damage: (w) => void instead(w),
    open: 'lost',
    verify: /missing/,
    health: 'file.missing',
  },
  {
    name: 'the file is missing, its log is there',
    of: 'killed',
    damage: (w) => void instead(w),
    open: 'lost',
    verify: /missing/,
    health: 'file.missing',
  },
  {
    name: 'the file is empty',
    damage: (w) => truncateSync(liveOf(w), 0),
    open: 'empty',
    verify: /empty/,
    health: 'file.empty',
  },
  {
    name: 'the file is empty, its log is there',
    of: 'killed',
    damage: (w) => truncateSync(liveOf(w), 0),
    open: 'empty',
    verify: /empty/,
    health: 'file.empty',
  },
  {
    name: 'it was cut off between two pages',
    damage: (w) => truncateSync(liveOf(w), Math.floor(bytes(w) / 8192) * 4096),
    open: 'damaged',
    verify: /corrupt/,
    health: 'file.damaged',
  },
  {
    name: 'it was cut off in the middle of a page',
    damage: (w) => truncateSync(liveOf(w), Math.floor(bytes(w) / 8192) * 4096 + 1000),
    open: 'damaged',
    verify: /corrupt/,
    health: 'file.damaged',
  },
  {
    name: 'only a part of its first page is left',
    damage: (w) => truncateSync(liveOf(w), 700),
    open: 'damaged',
    verify: /corrupt/,
    health: 'file.damaged',
  },
  {
    name: 'its beginning was overwritten with zeros',
    damage: (w) => overwrite(liveOf(w), 0, Buffer.alloc(100)),
    open: 'foreign',
    verify: /header/,
    health: 'file.foreign',
  },
  {
    name: 'one letter of its magic was changed',
    damage: (w) => overwrite(liveOf(w), 3, Buffer.from('x')),
    open: 'foreign',
    verify: /header/,
    health: 'file.foreign',
  },
  {
    name: 'its size of pages is none',
    damage: (w) => overwrite(liveOf(w), 16, Buffer.from([7, 7])),
    open: 'foreign',
    verify: /header/,
    health: 'file.foreign',
  },
  {
    name: 'all of it is zeros',
    damage: (w) => writeFileSync(liveOf(w), Buffer.alloc(bytes(w))),
    open: 'foreign',
    verify: /header/,
    health: 'file.foreign',
  },
  {
    name: 'a text is in its place',
    damage: (w) => writeFileSync(liveOf(w), 'Dear diary, '.repeat(900)),
    open: 'foreign',
    verify: /header/,
    health: 'file.foreign',
  },
  {
    name: 'another program’s database is in its place',
    damage: (w) => {
      const db = new Database(instead(w));
      db.exec('CREATE TABLE notes (x); INSERT INTO notes VALUES (1)');
      db.close();
    },
    open: 'foreign',
    verify: /another program/,
    health: 'file.foreign',
  },
  {
    name: 'a folder is in its place',
    damage: (w) => mkdirSync(instead(w)),
    open: 'foreign',
    verify: /not a regular file|is a folder|is a link|pipe/,
    health: 'file.foreign',
  },
  {
    name: 'a pipe is in its place',
    damage: (w) => void execFileSync('sh', ['-c', 'mkfifo "$0"', instead(w)]),
    open: 'foreign',
    verify: /not a regular file|is a folder|is a link|pipe/,
    health: 'file.foreign',
  },
  {
    name: 'a link that leads nowhere is in its place',
    damage: (w) => symlinkSync('/nowhere/frames.sqlite', instead(w)),
    open: 'foreign',
    verify: /not a regular file|is a folder|is a link|pipe/,
    health: 'file.foreign',
  },
  {
    name: 'a link that leads to itself is in its place',
    damage: (w) => symlinkSync(liveOf(w), instead(w)),
    open: 'foreign',
    verify: /not a regular file|is a folder|is a link|pipe/,
    health: 'file.foreign',
  },
  {
    name: 'a link to a device is in its place',
    damage: (w) => symlinkSync('/dev/zero', instead(w)),
    open: 'foreign',
    verify: /not a regular file|is a folder|is a link|pipe/,
    health: 'file.foreign',
  },
  {
    name: 'a link to where it was moved is in its place',
    damage: (w) => {
      renameSync(liveOf(w), join(w, '..', 'moved.sqlite'));
      symlinkSync(join('..', 'moved.sqlite'), liveOf(w));
    },
    open: 'foreign',
    verify: /not a regular file|is a folder|is a link|pipe/,
    health: 'file.foreign',
  },
  {
    name: 'its schema is newer',
    damage: (w) => behind(w, `PRAGMA user_version = ${schemaVersion + 1}`),
    open: 'newer',
    verify: /newer FRAMES/,
    health: 'file.newer',
  },
  {
    name: 'its schema says an older one than it is',
    damage: (w) => behind(w, `PRAGMA user_version = ${schemaVersion - 1}`),
    open: 'damaged',
    verify: /not ours/,
    health: null,
  },
  {
    name: 'its schema says a number below any',
    damage: (w) => behind(w, 'PRAGMA user_version = -5'),
    open: 'damaged',
    verify: /schema/,
    health: null,
  },
  {
    name: 'it says to be of a newer SQLite',
    damage: (w) => overwrite(liveOf(w), 18, Buffer.from([9, 9])),
    open: 'foreign',
    verify: /header/,
    health: 'file.foreign',
  },
];
