import type { ChangeKind } from '#shared/contract/compare-network.ts';
import type { SideAction } from '#shared/contract/compare.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Differing } from './classify.ts';

/** A record (`from`) that names another (`to`) in a field, as a student names its team, with the change. */
export interface Membership {
  id: string;
  field: string;
  from: string;
  to: string;
  change: ChangeKind | null;
}

const referenceFields = new Map(
  nodeType.options.map((type) => [
    type,
    fieldsOf(type)
      .filter(({ kind, to }) => kind === 'reference' && nodeType.safeParse(to).success)
      .map(({ key }) => key),
  ]),
);

/** What a changed record belongs to on any side. A student who changes teams leaves one and joins the other. */
export function membershipsOf(type: NodeType, record: Differing): Membership[] {
  return (referenceFields.get(type) ?? []).flatMap((field) => {
    const changed = record.fields.find((each) => each.field === field);
    const { base, live, play } = changed ?? {
      base: record.base.payload?.[field],
      live: record.live.payload?.[field],
      play: record.play.payload?.[field],
    };
    const targets = new Set(
      [play, live, base].filter((to): to is string => typeof to === 'string' && to !== ''),
    );
    return [...targets].map((to) => {
      const [inPlay, inLive] = [actionOn(base, play, to), actionOn(base, live, to)];
      const isConflict = changed?.class === 'conflict' && inPlay !== inLive;
      const change = isConflict ? 'conflict' : changed ? changeOf(inPlay, inLive) : null;
      return { id: `${record.id}.${field}.${to}`, field, from: record.id, to, change };
    });
  });
}

function actionOn(base: Json | undefined, side: Json | undefined, to: string): SideAction | null {
  if ((base === to) === (side === to)) return null;
  return side === to ? 'created' : 'deleted';
}

/** The change in Play, or live's if Play made none. */
export function changeOf(play: SideAction | null, live: SideAction | null): ChangeKind | null {
  if (play === null) return live && 'live';
  if (play === 'updated') return 'changed';
  return play === 'deleted' ? 'removed' : 'added';
}
