import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ErasureResult, Occurrences } from '#shared/contract/people.ts';
import { resultOf } from './sandboxes.ts';
import type { Client, TestWorkspace } from './workspace.ts';

export const findPerson = async (client: Client, person: string): Promise<Occurrences> =>
  resultOf(await client.people.find({ person }));

export const erasePerson = async (client: Client, person: string, mentions = true): Promise<ErasureResult> =>
  resultOf(await client.people.erase({ person, mentions }));

/** Files of a workspace, other than versions, that have one of the texts in their bytes, whatever part of the file it is in. */
export function filesWith({ folder }: Pick<TestWorkspace, 'folder'>, texts: readonly string[]): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.flatMap((name) => {
    const path = join(folder, name);
    if (name.endsWith('.frames') || !statSync(path).isFile()) return [];
    const bytes = readFileSync(path);
    return texts.filter((text) => bytes.includes(text)).map((text) => `${name}: ${text}`);
  });
}
