import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveOf } from './bytes.ts';
import type { Kind } from './kind.ts';

const good = { open: 'ready', verify: null, health: null } as const;

/** What can become of what lies beside it in the folder. */
export const folderKinds: readonly Kind[] = [
  { name: 'the kept head is gone', damage: (w) => rmSync(join(w, 'head.json')), ...good },
  {
    name: 'the kept head is rubbish',
    damage: (w) => writeFileSync(join(w, 'head.json'), '{"id":'),
    ...good,
    verify: /head\.json/,
  },
  {
    name: 'a folder is in the place of the kept head',
    damage: (w) => {
      rmSync(join(w, 'head.json'));
      mkdirSync(join(w, 'head.json'));
    },
    ...good,
    verify: /head\.json/,
  },
  {
    name: 'the lock is a text',
    damage: (w) => writeFileSync(join(w, 'lock.sqlite'), 'locked '.repeat(700)),
    open: 'unreadable',
    verify: null,
    health: null,
  },
  {
    name: 'a folder is in the place of the lock',
    damage: (w) => {
      rmSync(join(w, 'lock.sqlite'));
      mkdirSync(join(w, 'lock.sqlite'));
    },
    open: 'unreadable',
    verify: null,
    health: null,
  },
  {
    name: 'a file is in the place of the board',
    damage: (w) => {
      rmSync(join(w, 'holders'), { recursive: true, force: true });
      writeFileSync(join(w, 'holders'), '');
    },
    open: 'unreadable',
    verify: null,
    health: null,
  },
  {
    name: 'a file is in the place of the logs',
    damage: (w) => {
      rmSync(join(w, 'logs'), { recursive: true, force: true });
      writeFileSync(join(w, 'logs'), '');
    },
    ...good,
  },
  {
    name: 'the note of a restore is rubbish',
    damage: (w) => writeFileSync(join(w, 'restoring.json'), '{"format":1,'),
    ...good,
  },
  {
    name: 'the note of a restore names nothing that is there',
    settles: true,
    damage: (w) =>
      writeFileSync(
        join(w, 'restoring.json'),
        JSON.stringify({ format: 1, backup: 'x', building: '.restore-abcdef', displaced: null }),
      ),
    ...good,
  },
  {
    name: 'what a restore made ready lies there without a note',
    settles: true,
    damage: (w) => {
      mkdirSync(join(w, '.restore-abcdef'));
      cpSync(liveOf(w), join(w, '.restore-abcdef', 'image'));
    },
    ...good,
  },
  {
    name: 'a restore was broken off with the file away',
    settles: true,
    damage: (w) => {
      const b = join(w, '.restore-abcdef');
      mkdirSync(join(b, 'old'), { recursive: true });
      cpSync(liveOf(w), join(b, 'image'));
      renameSync(liveOf(w), join(b, 'old', 'frames.sqlite'));
      writeFileSync(
        join(w, 'restoring.json'),
        JSON.stringify({ format: 1, backup: 'x', building: '.restore-abcdef', displaced: null }),
      );
    },
    ...good,
  },
];
