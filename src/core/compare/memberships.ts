import type { ChangeKind } from '#shared/contract/compare-network.ts';
import type { SideAction } from '#shared/contract/compare.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { RecordDifference } from './classify.ts';

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

/** The records that a record belongs to in the base or on a side. A student who changes teams leaves one and joins the other. */
export function membershipsOf(type: NodeType, record: RecordDifference): Membership[] {
  return (referenceFields.get(type) ?? []).flatMap((field) => {
    const difference = record.fields.find((each) => each.field === field);
    const {
      base,
      live: ours,
      play: theirs,
    } = difference ?? {
      base: record.base.payload?.[field],
      live: record.ours.payload?.[field],
      play: record.theirs.payload?.[field],
    };
    const targets = new Set(
      [theirs, ours, base].filter((to): to is string => typeof to === 'string' && to !== ''),
    );
    return [...targets].map((to) => {
      const [theirAction, ourAction] = [actionOn(base, theirs, to), actionOn(base, ours, to)];
      const isConflict = difference?.class === 'conflict' && theirAction !== ourAction;
      const actionChange = difference ? changeOf(theirAction, ourAction) : null;
      const change = isConflict ? 'conflict' : actionChange;
      return { id: `${record.id}.${field}.${to}`, field, from: record.id, to, change };
    });
  });
}

function actionOn(base: Json | undefined, side: Json | undefined, to: string): SideAction | null {
  if ((base === to) === (side === to)) return null;
  return side === to ? 'created' : 'deleted';
}

/** The change in the sandbox, or live's change if the sandbox made none. */
export function changeOf(theirAction: SideAction | null, ourAction: SideAction | null): ChangeKind | null {
  if (theirAction === null) return ourAction && 'live';
  if (theirAction === 'updated') return 'changed';
  return theirAction === 'deleted' ? 'removed' : 'added';
}
