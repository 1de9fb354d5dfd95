import { fc } from '@fast-check/vitest';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Core } from '#core/open.ts';
import { changeDraft, newDraft, settle, someType, unsetDraft } from './drafts.ts';
import type { Draft } from './drafts.ts';
import type { Client } from './workspace.ts';

/** What is done to many records at once, and to what people share beside them. */
export type ManyDeed =
  | { kind: 'change'; changes: { type: EntityType; draft: Draft; pick: number | null }[] }
  | { kind: 'edit'; type: EntityType; picks: number[]; draft: Draft; unset: string[] }
  | {
      kind: 'removeMany';
      type: EntityType;
      picks: number[];
      also: { type: EntityType; picks: number[] }[];
      withContents: boolean;
    }
  | { kind: 'restoreMany'; picks: number[] }
  | { kind: 'view'; deed: 'save' | 'rename' | 'drop'; pick: number }
  | { kind: 'arrange'; places: { pick: number; x: number; y: number }[] }
  | { kind: 'release'; picks: number[] | null };

const kinds = new Set(['change', 'edit', 'removeMany', 'restoreMany', 'view', 'arrange', 'release']);

export function isMany(deed: { kind: string }): deed is ManyDeed {
  return kinds.has(deed.kind);
}

const pick = fc.nat({ max: 1000 });
/** None at all now and then: then all that match are meant. */
const picks = fc.array(pick, { maxLength: 3 });

const change = fc.record({
  kind: fc.constant('change' as const),
  changes: fc.array(
    fc
      .tuple(someType, fc.option(pick))
      .chain(([type, at]) =>
        (at === null ? newDraft(type) : changeDraft(type)).map((draft) => ({ type, draft, pick: at })),
      ),
    { minLength: 1, maxLength: 4 },
  ),
});
const edit = someType.chain((type) =>
  fc.record({
    kind: fc.constant('edit' as const),
    type: fc.constant(type),
    picks,
    draft: changeDraft(type),
    unset: unsetDraft(type),
  }),
);
const removeMany = fc.record({
  kind: fc.constant('removeMany' as const),
  type: someType,
  picks,
  also: fc.array(fc.record({ type: someType, picks }), { maxLength: 2 }),
  withContents: fc.boolean(),
});
const restoreMany = fc.record({ kind: fc.constant('restoreMany' as const), picks });
const view = fc.record({
  kind: fc.constant('view' as const),
  deed: fc.constantFrom('save' as const, 'rename' as const, 'drop' as const),
  pick,
});
const along = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const arrange = fc.record({
  kind: fc.constant('arrange' as const),
  places: fc.array(fc.record({ pick, x: along, y: along }), { minLength: 1, maxLength: 3 }),
});
const release = fc.record({ kind: fc.constant('release' as const), picks: fc.option(picks) });

export const manyDeed: fc.Arbitrary<ManyDeed> = fc.oneof(
  { weight: 2, arbitrary: change },
  { weight: 2, arbitrary: edit },
  { weight: 1, arbitrary: removeMany },
  { weight: 1, arbitrary: restoreMany },
  { weight: 2, arbitrary: view },
  { weight: 2, arbitrary: arrange },
  { weight: 1, arbitrary: release },
);

type Choose = (to: EntityType | 'any', number: number) => string | null;

async function drain(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _ of await stream) continue;
}

export async function enactMany(core: Core, client: Client, deed: ManyDeed, idOf: Choose): Promise<unknown> {
  const named = (to: EntityType | 'any', numbers: readonly number[]): string[] =>
    numbers.flatMap((number) => idOf(to, number) ?? []);
  if (deed.kind === 'change') {
    const changes = deed.changes.map(({ type, draft, pick: at }) => {
      const data = settle(draft, idOf);
      if (at === null) return { kind: 'create' as const, type, data };
      return { kind: 'update' as const, type, id: idOf(type, at) ?? 'nobody', data };
    });
    return client.entities.applyChanges({ changes });
  }
  if (deed.kind === 'view') return enactView(core, client, deed);
  if (deed.kind === 'arrange') {
    const places = deed.places.map(({ pick: at, x, y }) => ({ id: idOf('any', at) ?? 'nobody', x, y }));
    return client.network.savePositions({ places });
  }
  if (deed.kind === 'release') {
    const ids = deed.picks && named('any', deed.picks);
    return client.network.deletePositions({ ids: ids?.length === 0 ? null : ids });
  }
  if (deed.kind === 'restoreMany') return drain(client.entities.restoreMany(deletedOf(core, deed.picks)));
  const { type } = deed;
  const ids = named(type, deed.picks);
  const which =
    ids.length > 0
      ? { kind: 'ids' as const, ids }
      : { kind: 'matching' as const, search: 'a', except: ['x'] };
  if (deed.kind === 'removeMany') {
    const also = deed.also.map((one) => ({ type: one.type, ids: named(one.type, one.picks) }));
    return drain(
      client.entities.removeMany({
        type,
        which,
        also: also.filter((one) => one.ids.length > 0),
        with_contents: deed.withContents,
      }),
    );
  }
  const data = settle(deed.draft, idOf);
  const unset = deed.unset.filter((field) => !(field in data));
  return drain(client.entities.setFields({ type, which, data, unset }));
}

/** Of the types that have deleted records one, and up to as many of those as there are picks; nobody when nothing is deleted. */
function deletedOf(core: Core, numbers: readonly number[]): { type: EntityType; ids: string[] } {
  const held = entityTypes.flatMap((type) => {
    const ids = core.services.read.column<string>(
      `SELECT id FROM ${tableOf[type]} WHERE deleted_at IS NOT NULL ORDER BY id`,
    );
    return ids.length > 0 ? [{ type, ids }] : [];
  });
  const one = held[(numbers[0] ?? 0) % Math.max(held.length, 1)];
  if (!one) return { type: 'team', ids: ['nobody'] };
  return { type: one.type, ids: one.ids.slice(0, Math.max(numbers.length, 1)) };
}

function enactView(
  core: Core,
  client: Client,
  { deed, pick: at }: ManyDeed & { kind: 'view' },
): Promise<unknown> {
  const ids = core.services.read.column<string>('SELECT id FROM views ORDER BY id');
  const id = ids[at % Math.max(ids.length, 1)] ?? 'nobody';
  const name = `View ${at % 5}`;
  const address = `frames://live/teams?q=${at}`;
  if (deed === 'save') return client.views.create({ name, address, layout: { at } });
  if (deed === 'rename') return client.views.update({ id, name });
  return client.views.remove({ id });
}
