import { dirname } from 'node:path';
import type { PossiblePlace } from '#core/backup/places.ts';
import type { FormerPlace } from '#shared/contract/backups.ts';
import { amount } from '../words.ts';

/** What lies where backups lay before, and how it is come by again; nothing where nothing lies there. */
export const formerLines = (former: readonly FormerPlace[]): string[] =>
  former.map(({ folder, usual, there, count }) => {
    if (!there) return `Backups lay in ${folder} before, which cannot be reached now.`;
    const again = usual ? 'default' : dirname(folder);
    return `${amount(count, 'backup')} made before ${count === 1 ? 'lies' : 'lie'} in ${folder}: "frames backup place ${again}" goes back to ${count === 1 ? 'it' : 'them'}.`;
  });

/** Where backups to recover with lie besides, and cannot be reached. */
export const awayLines = (places: readonly PossiblePlace[]): string[] =>
  places
    .filter(({ there }) => !there)
    .map(
      ({ folder }) =>
        `Backups also lie in ${folder}, which cannot be reached: connect its drive, or see that you may open it, to begin with one of them.`,
    );
