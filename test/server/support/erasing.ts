import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ErasureResult, Occurrences } from '#shared/contract/people.ts';
import type { RecordState } from '#shared/contract/server/sync.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import type { SharedWorkspace } from '../sync/clients/workspace.ts';
import { own } from './people.ts';
import type { Api } from './api.ts';

/** Values of the person who is erased. */
export const secrets = [
  'Maja Lindqvist',
  'Maja Holm',
  'Maja%20Holm',
  'maja.holm@example.edu',
  'Kryotanks',
  'allergic to nuts',
];

/** A person with a former name, texts that name her, a link and a saved view; and somebody else. */
export async function fill(one: SharedWorkspace, id = 'maja'): Promise<void> {
  const { entities, views } = one.client();
  const student = 'student' as const;
  await entities.create({ type: 'team', id: `team_${id}`, data: { name: 'Flight', university_id: own } });
  await entities.create({
    type: student,
    id,
    data: { name: 'Maja Lindqvist', university_id: own, team_id: `team_${id}`, expertise_area: 'Kryotanks' },
  });
  await entities.create({ type: student, id: `ole_${id}`, data: { name: 'Ole Berg', university_id: own } });
  await entities.create({ type: 'interface', id: `link_${id}`, data: { from: id, to: `ole_${id}` } });
  await entities.update({
    type: student,
    id,
    data: { name: 'Maja Holm', email: 'maja.holm@example.edu', meta: { note: 'allergic to nuts' } },
  });
  const team = { type: 'team' as const, id: `team_${id}` };
  await entities.update({ ...team, data: { description: 'Maja Lindqvist knows valves' } });
  await entities.update({ ...team, data: { description: 'Ask maja  holm or Ole Berg', size: 9 } });
  await views.create({ name: 'Of Maja Holm', address: 'frames://live/students?q=Maja%20Holm', layout: {} });
}

export const erase = async (one: SharedWorkspace, person: string, mentions = true): Promise<ErasureResult> =>
  resultOf(await one.client().people.erase({ person, mentions }));

export const find = async (one: SharedWorkspace, person: string): Promise<Occurrences> =>
  resultOf(await one.client().people.find({ person }));

/** Files of a workspace, other than versions, that have one of the texts in their bytes. */
export function filesOf(one: SharedWorkspace, texts: readonly string[] = secrets): string[] {
  const { folder } = one.core.services.files;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name);
    if (name.endsWith('.frames') || !statSync(path).isFile()) return [];
    const bytes = readFileSync(path);
    return texts.filter((text) => bytes.includes(text)).map((text) => `${name}: ${text}`);
  });
}

/** Records of the server by id. */
export async function recordsAt(admin: Api, ids: readonly string[]): Promise<RecordState[]> {
  return (await admin.post<{ records: RecordState[] }>('sync/records', { ids })).body.records;
}
