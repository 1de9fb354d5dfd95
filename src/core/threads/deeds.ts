import { walkLog } from '../audit/walk-log.ts';
import { storeSources } from '../backup/pack/deed.ts';
import { fileDigest, writePart } from '../backup/part.ts';
import { ask, copyLasting, copyPassing, foldIn } from '../db/deeds.ts';

/** All that threads do. What they take and give is plain data; each lets go of its files before it ends. */
export const deeds = { ask, copyLasting, copyPassing, foldIn, walkLog, storeSources, writePart, fileDigest };
