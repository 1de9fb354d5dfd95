import { chmodSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flipBit } from '#test/support/damage.ts';
import { liveOf } from './bytes.ts';
import type { Kind } from './kind.ts';

const good = { open: 'ready', verify: null, health: null } as const;

const version = (w: string, id: string): string => join(w, 'backups', `${id}.frames`);
const sandbox = (w: string, id: string, end = '.sqlite'): string => join(w, 'sandboxes', `${id}${end}`);
/** The records are lost too: what is left of the backups is all that the recovery window can offer. */
const besidesLost = (name: string, damage: Kind['damage']): Kind => ({
  name: `the file is missing, and ${name}`,
  damage: (w, given) => {
    damage(w, given);
    rmSync(liveOf(w));
  },
  open: 'lost',
  offers: false,
  verify: /missing/,
  health: 'file.missing',
});

/** What can become of backups, sandboxes and golden versions. */
export const keptKinds: readonly Kind[] = [
  { name: 'the backups are gone', damage: (w) => rmSync(join(w, 'backups'), { recursive: true }), ...good },
  {
    name: 'a file is in the place of the backups',
    damage: (w) => {
      rmSync(join(w, 'backups'), { recursive: true });
      writeFileSync(join(w, 'backups'), 'x');
    },
    ...good,
  },
  {
    name: 'a backup was cut off',
    damage: (w, { backup }) => truncateSync(version(w, backup), 200),
    ...good,
  },
  besidesLost('the backup was cut off', (w, { backup }) => truncateSync(version(w, backup), 200)),
  besidesLost('the backup is of something else', (w, { backup }) =>
    writeFileSync(version(w, backup), '{"format":"tar"}'),
  ),
  {
    ...besidesLost('a byte of the backup is another', (w, { backup }) => flipBit(version(w, backup), 0.5)),
    offers: undefined,
  },
  besidesLost('the backups are gone', (w) => rmSync(join(w, 'backups'), { recursive: true })),
  besidesLost('a file is in the place of the backups', (w) => {
    rmSync(join(w, 'backups'), { recursive: true });
    writeFileSync(join(w, 'backups'), 'x');
  }),
  {
    ...besidesLost('nobody can tell where the backups are', (w) =>
      writeFileSync(join(w, 'backups.place.json'), '{'),
    ),
    offers: undefined,
  },
  {
    name: 'a sandbox is damaged',
    damage: (w, { sandbox: id }) => truncateSync(sandbox(w, id), 9000),
    ...good,
  },
  {
    name: 'a sandbox is a link to live',
    damage: (w, { sandbox: id }) => {
      rmSync(sandbox(w, id));
      symlinkSync(liveOf(w), sandbox(w, id));
    },
    ...good,
  },
  {
    name: 'a file is in the place of the sandboxes',
    damage: (w) => {
      rmSync(join(w, 'sandboxes'), { recursive: true });
      writeFileSync(join(w, 'sandboxes'), 'x');
    },
    ...good,
  },
  {
    name: 'a golden version was changed',
    damage: (w) => {
      chmodSync(join(w, 'golden/1.frames'), 0o644);
      flipBit(join(w, 'golden/1.frames'), 0.5);
    },
    ...good,
  },
  {
    name: 'a file is in the place of the golden versions',
    damage: (w) => {
      rmSync(join(w, 'golden'), { recursive: true });
      writeFileSync(join(w, 'golden'), 'x');
    },
    ...good,
  },
];
