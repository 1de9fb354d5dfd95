interface Row {
  id: string;
  play: string | null;
  fields: readonly { field: string; base?: unknown; play?: unknown }[];
}

/** The fields in which Play emptied a reference, or had one in a record that it deleted, to the record of that id. */
export function lostFields<F extends Row['fields'][number]>(
  { fields }: { fields: readonly F[] },
  id: string,
): F[] {
  return fields.filter((one) => one.base === id && (one.play ?? null) === null);
}

/**
 * Tells what in Play went, or lost a reference, with a record that Play deleted: also what went with what went. `rows` are all differences
 * that can be carried over. Who was given another reference is none of these.
 */
export function lossesIn<R extends Row>(rows: readonly R[]): (gone: R) => R[] {
  const by = new Map<string, R[]>();
  for (const row of rows)
    for (const { base } of row.fields) {
      if (typeof base !== 'string' || lostFields(row, base).length === 0) continue;
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
