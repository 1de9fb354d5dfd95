import type { BroughtBack } from '#shared/contract/backups.ts';
import { readHead } from '../audit/head.ts';
import { openConnection, fold } from '../db/connection.ts';
import { readSandboxFacts } from '../sandboxes/facts.ts';
import { placeOf, standing } from '../sandboxes/folder.ts';
import { build, StandsAlready } from '../sandboxes/fork.ts';
import { factsOf, lookInto } from '../sandboxes/look.ts';
import { retrieve } from './bringing.ts';
import type { Bringing } from './bringing.ts';
import { badBackup } from './manifest.ts';
import type { Verifying } from './verify.ts';

/**
 * Brings a sandbox back under its id, or where something else has that by now, under another. Where somebody else brings it back meanwhile, that
 * is looked at as what is there.
 */
export async function bringSandbox(bringing: Bringing, id: string): Promise<BroughtBack> {
  for (;;)
    try {
      return await bringOnce(bringing, id);
    } catch (error) {
      if (!(error instanceof StandsAlready)) throw error;
    }
}

async function bringOnce(bringing: Bringing, id: string): Promise<BroughtBack> {
  const { call, content, reading, manifest } = bringing;
  const { files, signal, tell, log, clock } = reading;
  const { ids } = call.services.source;
  const told = { name: content.name, kind: 'sandbox' as const };
  const here = sandboxHere(files, id, content.about?.head.hash ?? '');
  if (here?.same) return { ...told, title: here.name, id, outcome: 'there' };
  const as = here ? `sbx_${ids.uuid()}` : id;
  const name = freeName(files, content.about?.title ?? '');
  const how = { files, name, by: call.session.actor, clock, ids, log, tell, signal };
  await build({ ...how, as, from: `backup:${manifest.id}` }, async (image) => {
    await retrieve(bringing, content, image);
    const db = openConnection(image, { mode: 'read', log });
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
  });
  return { ...told, title: name, id: as, outcome: as === id ? 'back' : 'renamed' };
}

type Folders = Verifying['files'];

/** The sandbox that has that id here, and whether it is as far as that; one in the trash or that cannot be read is another. */
function sandboxHere(files: Folders, id: string, hash: string): { same: boolean; name: string } | null {
  if (standing(files, 'trash').ids.includes(id)) return { same: false, name: '' };
  if (!standing(files, 'sandboxes').ids.includes(id)) return null;
  const place = placeOf(files, 'sandboxes', id);
  const facts = factsOf(place, id);
  const same = facts !== null && lookInto(place, id, (db) => readHead(db).hash) === hash;
  return { same, name: facts?.name ?? '' };
}

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
