interface Row {
  id: string;
  play: string | null;
  fields: readonly { field: string; class: string; base?: unknown; play?: unknown }[];
}

/** Whether Play emptied a field, or had it in a record that it deleted, and live did not do the same. */
const isLost = (one: Row['fields'][number]): boolean =>
  typeof one.base === 'string' && (one.play ?? null) === null && one.class !== 'same';

/** Whether Play did more to a record than to delete it, or to empty references: that may be carried over without these. */
export const isMore = ({ play, fields }: Row): boolean =>
  play !== 'deleted' && fields.some((one) => one.class === 'play' && !isLost(one));

/**
 * Tells what in Play went, or lost a reference, with a record that Play deleted: also what went with what went. `rows` are all differences
 * that can be carried over. Who was given another reference is none of these.
 */
export function lossesIn<R extends Row>(rows: readonly R[]): (gone: R) => R[] {
  const by = new Map<string, R[]>();
  for (const row of rows)
    for (const one of row.fields) {
      if (!isLost(one)) continue;
      const base = one.base as string;
      const some = by.get(base);
      if (some) some.push(row);
      else by.set(base, [row]);
    }
  return (gone) => {
    const found = new Set<R>([gone]);
    for (const one of found)
      if (one.play === 'deleted') for (const lost of by.get(one.id) ?? []) found.add(lost);
    found.delete(gone);
    return [...found];
  };
}
