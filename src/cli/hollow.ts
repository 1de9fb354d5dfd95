import type { Difference, DifferenceClass } from '#shared/contract/compare.ts';
import { lossesIn, lostFields } from '#shared/domain/losses.ts';
import type { Open } from './workspace.ts';

/** What is promoted: records or fields of them, all unless told, but for what is left out. */
interface Chosen {
  only?: readonly { id: string; fields?: string[] }[];
  except: readonly { id: string }[];
}

/** Records that live keeps though Play deleted them, and what would go, or lose a reference, with them all the same. */
export interface Hollow {
  kept: readonly Difference[];
  losing: readonly Difference[];
}

const most = 1000;

async function differences(
  { client }: Pick<Open, 'client'>,
  id: string,
  classes: DifferenceClass[],
): Promise<Difference[]> {
  const rows: Difference[] = [];
  for (;;) {
    const before = rows.length;
    let matched = 0;
    const stream = await client.sandboxes.compare({ id, classes, offset: before, limit: most });
    for await (const event of stream)
      if (event.kind === 'result') {
        rows.push(...event.result.rows);
        ({ matched } = event.result);
      }
    if (rows.length === before || rows.length >= matched) return rows;
  }
}

/** What promoting with `--conflicts live` makes hollow. */
export async function hollowed(open: Pick<Open, 'client'>, sandbox: string, chosen: Chosen): Promise<Hollow> {
  const except = new Set(chosen.except.map(({ id }) => id));
  const only = chosen.only && new Map(chosen.only.map(({ id, fields }) => [id, fields ?? null]));
  const isMeant = ({ id }: Difference, fields: readonly string[]): boolean => {
    if (except.has(id)) return false;
    const some = only ? only.get(id) : null;
    return some === null || fields.some((field) => some?.includes(field) === true);
  };
  const isKept = (row: Difference): boolean =>
    row.conflict === 'deleted' && row.play === 'deleted' && isMeant(row, []);
  const kept = (await differences(open, sandbox, ['conflict'])).filter(isKept);
  if (kept.length === 0) return { kept, losing: [] };
  const rows = await differences(open, sandbox, ['play', 'both', 'conflict']);
  const losses = lossesIn(rows);
  const gone = rows.filter(isKept);
  const lost = new Set(gone.flatMap((row) => losses(row)));
  const ids = new Set([...gone, ...lost].flatMap(({ id, play }) => (play === 'deleted' ? [id] : [])));
  const losing = [...lost].filter((row) => {
    if (row.play === 'deleted') return row.class !== 'conflict' && isMeant(row, []);
    const fields = [...ids].flatMap((id) => lostFields(row, id)).filter((one) => one.class !== 'conflict');
    return (
      fields.length > 0 &&
      isMeant(
        row,
        fields.map(({ field }) => field),
      )
    );
  });
  return { kept, losing };
}
