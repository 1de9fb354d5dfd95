import { dirname } from 'node:path';
import type { FormerPlace } from '#shared/contract/backups.ts';
import { amount } from '../words.ts';

/** What lies where backups lay before, and how it is come by again; nothing where nothing lies there. */
export const formerLines = (former: readonly FormerPlace[]): string[] =>
  former.map(({ folder, usual, there, count }) => {
    if (!there) return `Backups lay in ${folder} before, which is not there now.`;
    const again = usual ? 'default' : dirname(folder);
    return `${amount(count, 'backup')} made before ${count === 1 ? 'lies' : 'lie'} in ${folder}: "frames backup place ${again}" goes back to ${count === 1 ? 'it' : 'them'}.`;
  });
