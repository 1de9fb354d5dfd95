import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { sealGolden, examinedOfGolden } from '../golden/manifest.ts';
import { copyGolden, readGolden, versionPlace, versionsIn } from '../golden/place.ts';
import { withGolden } from '../golden/settle.ts';
import { copyOf } from '../sandboxes/copy.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import { placeOf, standing } from '../sandboxes/folder.ts';
import { checkSandbox, factsOf } from '../sandboxes/look.ts';
import type { Clock } from '../kernel/system.ts';
import { checkImage, isDamage } from './check-image.ts';
import { examine } from './image.ts';
import { goldenContent, manifestContent, sandboxContent } from './inside.ts';
import type { Keeping, Source } from './keep.ts';
import { stepOf } from './keep.ts';

/** What a backup holds besides live. */
export interface Besides {
  sandboxes: boolean;
  golden: boolean;
}

type Taking = Pick<Keeping, 'files' | 'log' | 'tell' | 'signal'> & { clock: Clock };

/** Copies of what a backup is to hold besides live, each of one moment and checked. Throws what makes one of them unusable, by its name. */
export async function takeBesides(
  { sandboxes, golden }: Besides,
  building: string,
  options: Taking,
): Promise<Source[]> {
  return [
    ...(sandboxes ? await takeSandboxes(building, options) : []),
    ...(golden ? await takeGolden(building, options) : []),
  ];
}

async function takeSandboxes(building: string, options: Taking): Promise<Source[]> {
  const sources: Source[] = [];
  for (const id of standing(options.files, 'sandboxes').ids) {
    try {
      sources.push(await takeSandbox(id, building, options));
    } catch (error) {
      // One that somebody has discarded just now is none.
      if (isFault(error) && error.code === 'NOT_FOUND') continue;
      throw ofSandbox(called(id, options), error);
    }
  }
  return sources;
}

async function takeSandbox(id: string, building: string, options: Taking): Promise<Source> {
  const { files, log, clock, signal = new AbortController().signal } = options;
  const source = workspaceFiles(files.folder, { kind: 'sandbox', id });
  checkSandbox(source, id);
  const name = sandboxContent(id);
  const path = join(building, name);
  const told = stepOf(options, 'copying');
  const tell: Parameters<typeof copyOf>[2]['tell'] = (step) => told(step.done, step.total);
  await copyOf(source, path, { log, tell, signal });
  const copy = openConnection(path, { mode: 'write', log });
  let title: string;
  try {
    copy.pragma('journal_mode = DELETE');
    title = readSandboxFacts(copy)?.name ?? '';
  } finally {
    copy.close();
  }
  await checkImage(path, { log, clock, signal });
  return { path, name, about: { title, ...examine(path, log) } };
}

/** Its name in quotation marks with the id behind it, or where that cannot be read the id. */
function called(id: string, { files }: Taking): string {
  const name = factsOf(placeOf(files, 'sandboxes', id), id)?.name ?? '';
  return name === '' ? `"${id}"` : `"${name}" (${id})`;
}

/** What keeps a sandbox from being backed up, with what it is called; anything else as it is. */
function ofSandbox(sandbox: string, error: unknown): unknown {
  const refused = (why: string, reason: WorkspaceReason): Fault => {
    const message = `The sandbox ${sandbox} cannot be backed up: ${why} No backup was made; discard it, or back up without sandboxes.`;
    return new Fault('WORKSPACE', message, { reason });
  };
  if (isFault(error) && error.code === 'WORKSPACE') {
    const { reason } = error.data as { reason: WorkspaceReason };
    return refused(error.message, reason === 'damaged' ? 'sandbox_damaged' : reason);
  }
  if (!isDamage(error)) return error;
  return refused(`it is damaged (${(error as Error).message}).`, 'sandbox_damaged');
}

function takeGolden(building: string, options: Taking): Promise<Source[]> {
  const { files, signal } = options;
  return withGolden({ files, signal }, 'together', async () => {
    const sources: Source[] = [];
    for (const version of await versionsIn(files)) {
      const place = versionPlace(files, version);
      const manifest = await readGolden(place);
      const [name, side] = [goldenContent(version), manifestContent(version)];
      const [path, beside] = [join(building, name), join(building, side)];
      await copyGolden(place, manifest, path, stepOf(options, 'copying'));
      await writeFile(beside, sealGolden(manifest), { flag: 'wx' });
      const about = { title: String(version), ...examinedOfGolden(manifest) };
      sources.push({ path, name, about }, { path: beside, name: side });
    }
    return sources;
  });
}
