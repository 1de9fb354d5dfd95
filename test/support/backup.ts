import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '#core/backup/manifest.ts';
import { PageSource, retrieveFile } from '#core/backup/store.ts';
import { testFolder } from './folder.ts';

/** Takes one file out of a backup, by its name there, into a folder that goes with the test. Returns where it is. */
export async function takeOut(backups: string, id: string, name = 'live'): Promise<string> {
  const { contents, packs } = await readManifest(backups, id);
  const content = contents.find((one) => one.name === name);
  if (!content) throw new Error(`${id} holds no ${name}`);
  const pages = new PageSource(join(backups, 'packs'), packs);
  const target = join(testFolder(), 'frames.sqlite');
  try {
    if (!(await retrieveFile(content, pages, target, () => {}))) throw new Error(`${name} is not whole`);
  } finally {
    await pages.close();
  }
  return target;
}

/** As `takeOut`, the bytes. */
export async function bytesOut(backups: string, id: string, name: string): Promise<Buffer> {
  return readFileSync(await takeOut(backups, id, name));
}
