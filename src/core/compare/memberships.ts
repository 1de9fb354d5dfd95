import type { FieldDifference } from '#shared/contract/compare.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Joined } from './beside.ts';
import type { Differing } from './classify.ts';
import { same } from './mark.ts';
import type { Mark } from './mark.ts';

/** A record that names another in a field, as a student its team: `from` names `to`. */
export type Membership = Joined & { field: string; mark: Mark };

const fieldsOfType = new Map(
  nodeType.options.map((type) => [
    type,
    fieldsOf(type)
      .filter(({ kind, to }) => kind === 'reference' && nodeType.safeParse(to).success)
      .map(({ key }) => key),
  ]),
);

/**
 * What a record that differs belongs to, on any side: each with what became of that. Who changes from one to another leaves the one and joins the
 * other: these are two. `matches` says whether the record is asked for.
 */
export function membershipsOf(type: NodeType, one: Differing, matches: boolean): Membership[] {
  return (fieldsOfType.get(type) ?? []).flatMap((field) => {
    const changed = one.fields.find((each) => each.field === field);
    const [base, live, play] = changed
      ? [changed.base, changed.live, changed.play]
      : [one.base, one.live, one.play].map(({ payload }) => payload?.[field]);
    const ends = new Set(
      [play, live, base].filter((to): to is string => typeof to === 'string' && to !== ''),
    );
    return [...ends].map((to): Membership => {
      const mark = changed ? markAt(changed, to) : same;
      return {
        id: `${one.id}.${field}.${to}`,
        field,
        from: one.id,
        to,
        title: '',
        mark: found(mark, matches),
      };
    });
  });
}

const found = (mark: Mark, matches: boolean): Mark => ({ ...mark, found: matches && mark.class !== null });

/** What became of belonging to one record: joined, left, or in conflict where both sides changed the field and did not do the same to this one. */
function markAt({ class: of, base, live, play }: FieldDifference, to: string): Mark {
  const [theirs, ours] = [did(base, live, to), did(base, play, to)];
  const alike = of === 'conflict' && theirs === ours;
  return { class: theirs || ours ? (alike ? 'same' : of) : null, play: ours, live: theirs, found: false };
}

function did(base: Json | undefined, side: Json | undefined, to: string): Mark['play'] {
  if ((base === to) === (side === to)) return null;
  return side === to ? 'created' : 'deleted';
}
