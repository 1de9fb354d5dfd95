import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { BroughtBack } from '#shared/contract/backups.ts';
import { readHead } from '../log/audit/head.ts';
import { openConnection, fold } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { passingCopy } from '../kernel/db/temporary-copy.ts';
import type { PassingCopy } from '../kernel/db/temporary-copy.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { placeOf, standing } from '../sandboxes/folder.ts';
import { build, StandsAlready } from '../sandboxes/fork.ts';
import { factsOf, lookInto } from '../sandboxes/look.ts';
import { retrieve } from './bringing.ts';
import type { Bringing } from './bringing.ts';
import { badBackup } from './manifest.ts';
import type { BackupContent } from './manifest.ts';
import type { Verifying } from './verify.ts';

/** A sandbox out of a backup, checked as a whole, which has no name yet. */
export interface TakenSandbox {
  bringing: Bringing;
  /** Its id in the backup. */
  id: string;
  base: Base;
  copy: PassingCopy;
}

const told = ({ name }: BackupContent, title: string, id: string, outcome: BroughtBack['outcome']) => ({
  name,
  kind: 'sandbox' as const,
  title,
  id,
  outcome,
});

/** Takes a sandbox out of a backup, unless it is here. Throws BACKUP, CANCELLED. */
export async function takeOutSandbox(bringing: Bringing, id: string): Promise<BroughtBack | TakenSandbox> {
  const { content, reading } = bringing;
  const here = sandboxHere(reading.files, id, content.about?.head.hash ?? '');
  if (here?.same) return told(content, here.name, id, 'there');
  const copy = passingCopy(reading.files.folder, randomUUID());
  try {
    return { bringing, id, base: await read(bringing, id, copy.data), copy };
  } catch (error) {
    copy.drop();
    throw error;
  }
}

/**
 * Makes what was taken out a sandbox under its id, or where something else has that by now, under another. Where somebody else brings it
 * back meanwhile, that is looked at as what is there. The caller holds the backups; nobody can cancel it. Throws BACKUP, INVALID, WORKSPACE, BUSY.
 */
export async function keepSandbox(taken: TakenSandbox): Promise<BroughtBack> {
  try {
    for (;;)
      try {
        return await keepOnce(taken);
      } catch (error) {
        if (!(error instanceof StandsAlready)) throw error;
      }
  } finally {
    taken.copy.drop();
  }
}

async function keepOnce({ bringing, id, base, copy }: TakenSandbox): Promise<BroughtBack> {
  const { call, content, reading, manifest } = bringing;
  const { files, tell, log, clock } = reading;
  const { ids, salt } = call.services.source;
  const here = sandboxHere(files, id, content.about?.head.hash ?? '');
  if (here?.same) return told(content, here.name, id, 'there');
  const as = here ? `sbx_${ids.uuid()}` : id;
  const name = freeName(files, content.about?.title ?? '');
  const how = { files, name, by: call.session.actor, clock, ids, salt, log, tell };
  await build({ ...how, as, from: `backup:${manifest.id}` }, async (image) => {
    // Whoever came first has cost this one its copy.
    if (!existsSync(copy.data)) return read(bringing, id, image);
    await rename(copy.data, image);
    return base;
  });
  return told(content, name, as, as === id ? 'back' : 'renamed');
}

/** Writes the sandbox to `image` and says where it was taken. */
async function read(bringing: Bringing, id: string, image: string): Promise<Base> {
  const { content, reading, manifest } = bringing;
  await retrieve(bringing, content, image);
  const db = openConnection(image, { mode: 'read', log: reading.log });
  try {
    const facts = readSandboxFacts(db);
    if (facts?.id === id) return facts.base;
  } finally {
    db.close();
  }
  throw badBackup(
    'damaged',
    manifest.id,
    `What backup ${manifest.id} calls "${content.name}" is another sandbox. Nothing was changed.`,
  );
}

type Folders = Verifying['files'];

/** The sandbox that has that id here, and whether it is as far as that; one in the trash or that cannot be read is another. */
function sandboxHere(files: Folders, id: string, hash: string): { same: boolean; name: string } | null {
  if (standing(files, 'trash').ids.includes(id)) return { same: false, name: '' };
  if (!standing(files, 'sandboxes').ids.includes(id)) return null;
  const place = placeOf(files, 'sandboxes', id);
  const facts = factsOf(place, id);
  const same = facts !== null && lookInto(place, id, (db) => isAsFarAs(db, hash));
  return { same, name: facts?.name ?? '' };
}

const ownNewest = `SELECT hash FROM audit_transactions WHERE label <> 'sandbox.adopted' ORDER BY id DESC LIMIT 1`;

/** Whether the log ends with that transaction, but for the note that the sandbox was made one of this workspace. */
const isAsFarAs = (db: ReadHandle, hash: string): boolean =>
  readHead(db).hash === hash || db.column<string>(ownNewest)[0] === hash;

/** The name, or where another sandbox has it, with a number. */
function freeName(files: Folders, wanted: string): string {
  const taken = new Set(
    standing(files, 'sandboxes').ids.map((id) =>
      fold(factsOf(placeOf(files, 'sandboxes', id), id)?.name ?? ''),
    ),
  );
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} (${number})`;
    if (!taken.has(fold(name))) return name;
  }
}
