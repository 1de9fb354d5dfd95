import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { flipBit } from '#test/support/damage.ts';
import { liveOf, overwrite } from './bytes.ts';
import type { Kind } from './kind.ts';

const good = { open: 'ready', verify: null, health: null } as const;
const wal = (folder: string): string => `${liveOf(folder)}-wal`;

/** What can become of SQLite's own files beside it, of a program that was killed. */
export const logKinds: readonly Kind[] = [
  {
    name: 'its log is torn',
    of: 'killed',
    damage: (w) => truncateSync(wal(w), Math.floor(statSync(wal(w)).size * 0.6)),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'a bit of its log was turned over',
    of: 'killed',
    damage: (w) => flipBit(wal(w), 0.6),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'its log is gone',
    of: 'killed',
    damage: (w) => rmSync(wal(w)),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'its log is empty',
    of: 'killed',
    damage: (w) => truncateSync(wal(w), 0),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'its log has another salt',
    of: 'killed',
    damage: (w) => overwrite(wal(w), 16, randomBytes(8)),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'its log is rubbish',
    of: 'killed',
    damage: (w) => writeFileSync(wal(w), randomBytes(50_000)),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'the log of another program’s file lies beside it',
    damage: (w, { foreignLog }) => cpSync(foreignLog, wal(w)),
    open: 'strange_log',
    verify: /belongs to another file/,
    health: 'file.strange_log',
  },
  {
    name: 'its log is a folder',
    of: 'closed',
    damage: (w) => mkdirSync(wal(w)),
    open: 'unreadable',
    verify: /./,
    health: 'file.unreadable',
  },
  {
    name: 'its log’s index is rubbish',
    of: 'killed',
    damage: (w) => writeFileSync(`${liveOf(w)}-shm`, randomBytes(32_768)),
    ...good,
  },
  { name: 'its log’s index is gone', of: 'killed', damage: (w) => rmSync(`${liveOf(w)}-shm`), ...good },
  {
    name: 'another file’s journal lies beside it',
    damage: (w) => writeFileSync(`${liveOf(w)}-journal`, randomBytes(9000)),
    settles: true,
    ...good,
  },
];
