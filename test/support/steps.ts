import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { baselineFactors } from '#shared/domain/baseline-model.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { canBeEnd } from '#shared/domain/references.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Core } from '#core/open.ts';
import { changeDraft, importedFile, newDraft, settle, someType, unsetDraft } from './drafts.ts';
import type { Draft } from './drafts.ts';
import { enactMany, isMany, manyDeed } from './many.ts';
import type { ManyDeed } from './many.ts';
import { refusalIn } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Client, TestWorkspace } from './workspace.ts';

/** Who acts in a random history: an owner, a researcher, an editor of each of two universities, a viewer. */
export const actors = ['Ada', 'Rea', 'Edi', 'Eve', 'Vic'] as const;
export type ActorName = (typeof actors)[number];
export type OnConflict = 'ask' | 'leave' | 'overwrite';

export type Deed =
  | { kind: 'create'; type: EntityType; draft: Draft; ownId: boolean }
  | { kind: 'burst'; type: EntityType; drafts: Draft[] }
  | { kind: 'update'; type: EntityType; pick: number; draft: Draft; unset: string[] }
  | { kind: 'remove'; type: EntityType; pick: number; withContents: boolean }
  | { kind: 'restore'; type: EntityType; pick: number }
  | { kind: 'profile'; role: 'researcher' | 'editor'; pick: number }
  | ManyDeed
  | { kind: 'import'; file: JsonObject }
  | { kind: 'undo'; onConflict: OnConflict }
  | { kind: 'redo'; onConflict: OnConflict };

/** One thing that somebody does, through the first or the second of two cores that have the workspace open. */
export interface Step {
  actor: ActorName;
  through: number;
  deed: Deed;
}

const pick = fc.nat({ max: 1000 });
const onConflict = fc.constantFrom<OnConflict[]>('leave', 'ask', 'overwrite');

const create = someType.chain((type) =>
  fc.record({
    kind: fc.constant('create' as const),
    type: fc.constant(type),
    draft: newDraft(type),
    ownId: fc.boolean(),
  }),
);
const update = someType.chain((type) =>
  fc.record({
    kind: fc.constant('update' as const),
    type: fc.constant(type),
    pick,
    draft: changeDraft(type),
    unset: unsetDraft(type),
  }),
);
const burst = fc.constantFrom<EntityType[]>('team', 'interface').chain((type) =>
  fc.record({
    kind: fc.constant('burst' as const),
    type: fc.constant(type),
    drafts: fc.array(newDraft(type), { minLength: 2, maxLength: 5 }),
  }),
);
const remove = fc.record({
  kind: fc.constant('remove' as const),
  type: someType,
  pick,
  withContents: fc.boolean(),
});
const restore = fc.record({ kind: fc.constant('restore' as const), type: someType, pick });
const profile = fc.record({
  kind: fc.constant('profile' as const),
  role: fc.constantFrom('researcher' as const, 'editor' as const),
  pick,
});
const step = fc
  .constantFrom('undo' as const, 'redo' as const)
  .chain((kind) => fc.record({ kind: fc.constant(kind), onConflict }));

const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: create },
  { weight: 6, arbitrary: update },
  { weight: 1, arbitrary: burst },
  { weight: 4, arbitrary: remove },
  { weight: 2, arbitrary: restore },
  { weight: 1, arbitrary: profile },
  { weight: 8, arbitrary: manyDeed },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('import' as const), file: importedFile }) },
  { weight: 6, arbitrary: step },
);

const actor = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<ActorName[]>('Ada', 'Rea') },
  { weight: 2, arbitrary: fc.constantFrom<ActorName[]>('Edi', 'Eve', 'Vic') },
);

/** A history of what several people do, in the order in which they do it. */
export const histories = (options: { minLength?: number; maxLength: number }): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ actor, through: fc.nat({ max: 1 }), deed: anyDeed }), { size: 'max', ...options });

/** Makes the profiles and a few records that random histories go on from. */
export async function preparePeople(workspace: TestWorkspace): Promise<void> {
  const ada = workspace.as();
  for (const [letter, name] of Object.entries({ a: 'Alpine', b: 'Bay' })) {
    const university_id = `uni-${letter}`;
    const make = (type: EntityType, id: string, data: JsonObject): Promise<unknown> =>
      ada.entities.create({ type, id, data: { name: `${name} ${type}`, ...data } });
    await make('university', university_id, {});
    await make('project', `project-${letter}`, { university_id });
    await make('team', `team-${letter}`, {
      university_id,
      project_id: `project-${letter}`,
      size: 5,
      experience: 12,
    });
    await make('student', `student-${letter}`, {
      university_id,
      team_id: `team-${letter}`,
      terms_remaining: 4,
    });
  }
  await ada.entities.create({ type: 'interface', id: 'link', data: { from: 'team-a', to: 'team-b' } });
  await ada.workspace.createProfile({ name: 'Rea', role: 'researcher' });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'uni-a' });
  await ada.workspace.createProfile({ name: 'Eve', role: 'editor', university_id: 'uni-b' });
  await ada.workspace.createProfile({ name: 'Vic', role: 'viewer' });
}

/** The baseline's risk factors, and a link whose bond can be rated by them. */
export async function prepareRatable({ entities }: Client): Promise<void> {
  for (const data of baselineFactors) await entities.create({ type: 'risk-factor', data });
  const data = { from: 'team-a', to: 'team-b', bond_type: 'codified-strong' };
  await entities.create({ type: 'interface', data });
}

/** Does one step. Returns the declared error it was refused with, or null when it was done; anything undeclared is thrown. */
export async function perform(
  cores: readonly Core[],
  { actor, through, deed }: Step,
): Promise<Refusal | null> {
  const core = cores[through % cores.length] as Core;
  try {
    await enact(core, core.client(core.session(actor)), deed);
    return null;
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal.code === 'INTERNAL' || refusal.code === 'BUSY') throw error;
    return refusal;
  }
}

/** The id that a pick means: mostly of a live record, now and then of any, deleted ones too. */
export function choose(core: Core, to: EntityType | 'any', number: number): string | null {
  const tables = to === 'any' ? entityTypes.filter(canBeEnd) : [to];
  const only = number % 8 === 0 ? '' : 'WHERE deleted_at IS NULL';
  const ids = tables.flatMap((type) =>
    core.services.read.column<string>(`SELECT id FROM ${tableOf[type]} ${only} ORDER BY id`),
  );
  return ids.length === 0 ? null : (ids[number % ids.length] as string);
}

async function enact(core: Core, client: Client, deed: Deed): Promise<unknown> {
  const idOf = (to: EntityType | 'any', number: number): string | null => choose(core, to, number);
  if (deed.kind === 'create') {
    const data = settle(deed.draft, idOf);
    const count = core.services.read.get<{ n: number }>('SELECT count(*) AS n FROM audit_logs')?.n;
    return client.entities.create({ type: deed.type, data, ...(deed.ownId ? { id: `own ${count} ü` } : {}) });
  }
  if (deed.kind === 'burst') {
    const calls = deed.drafts.map((draft) =>
      client.entities.create({ type: deed.type, data: settle(draft, idOf) }),
    );
    const failed = (await Promise.allSettled(calls)).find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return undefined;
  }
  if (isMany(deed)) return enactMany(core, client, deed, idOf);
  if (deed.kind === 'import') return importFile(core, client, deed.file);
  if (deed.kind === 'undo') return client.history.undo({ on_conflict: deed.onConflict });
  if (deed.kind === 'redo') return client.history.redo({ on_conflict: deed.onConflict });
  if (deed.kind === 'profile') {
    return client.workspace.createProfile({
      name: `P${deed.pick}`,
      role: deed.role,
      university_id: idOf('university', deed.pick),
    });
  }
  const { type } = deed;
  const id =
    (deed.kind === 'restore' ? deletedOne(core, type, deed.pick) : idOf(type, deed.pick)) ?? 'nobody';
  if (deed.kind === 'remove') return client.entities.remove({ type, id, with_contents: deed.withContents });
  if (deed.kind === 'restore') return client.entities.restore({ type, id });
  const data = settle(deed.draft, idOf);
  return client.entities.update({ type, id, data, unset: deed.unset.filter((field) => !(field in data)) });
}

async function importFile(core: Core, client: Client, file: JsonObject): Promise<void> {
  const path = join(core.services.files.folder, '..', 'imported.json');
  writeFileSync(path, JSON.stringify(file));
  const grant = core.grants.issue(path, 'read');
  for await (const _ of await client.transfer.importFile({ grant, force: true, backup: false })) continue;
}

function deletedOne(core: Core, type: EntityType, number: number): string | null {
  const ids = core.services.read.column<string>(
    `SELECT id FROM ${tableOf[type]} WHERE deleted_at IS NOT NULL ORDER BY id`,
  );
  return ids.length === 0 ? null : (ids[number % ids.length] as string);
}

/** Contacts of a team of `preparePeople` with a new one, which propose a link. */
export async function prepareContacts({ entities }: Client): Promise<void> {
  await entities.create({ type: 'team', id: 'team-c', data: { name: 'C', university_id: 'uni-a' } });
  for (const date of ['2025-01-05', '2025-02-05', '2025-03-05', '2025-04-05'])
    await entities.create({ type: 'contact', data: { date, who: ['team-a'], with: ['team-c'] } });
}
