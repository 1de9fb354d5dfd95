import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { Located } from '../log/records/locate.ts';
import { checkRemoval, countByTable, planRemoval, removalOrder, removeRecord } from '../model/removal.ts';
import type { Removal } from '../model/removal.ts';

export interface RemovedMany {
  /** Null when nothing matched. */
  op_id: string | null;
  removed: number;
  links: number;
  references: number;
  /** What universities took along beyond what was meant, by table. */
  contents: Record<string, number>;
}

/** Records of one type that are to go. */
export interface Going {
  type: EntityType;
  ids: readonly string[];
}

/** One that goes, and because of which other; null when it is meant itself. */
interface Gone {
  record: Located;
  because: string | null;
}

/**
 * Deletes each of the records with its interfaces. Yields how many are done. Throws NOT_FOUND, FORBIDDEN, and IN_USE for a
 * university that still has other records, unless `withContents`.
 */
export function* removeRecords(
  write: WriteContext,
  named: readonly Going[],
  withContents = false,
): Generator<number, RemovedMany, void> {
  const going = eachOnce(named);
  const removed = going.reduce((sum, { ids }) => sum + ids.length, 0);
  const [only] = going.filter(({ ids }) => ids.length > 0);
  if (only && removed === 1) {
    const removal = removeRecord(write, only.type, only.ids[0] as string, withContents);
    yield 1;
    return told(write, removed, removal);
  }
  const meant = new Set(going.flatMap(({ ids }) => ids));
  const removals: Removal[] = [];
  for (const { type, ids } of going) {
    for (const id of ids) {
      const removal = planRemoval(write.db, type, id);
      checkRemoval(write, removal, withContents, meant);
      removals.push(removal);
      yield 0;
    }
  }
  const joint = jointly(removals, meant);
  yield* apply(write, joint, meant);
  const answer = told(write, removed, joint);
  const types = new Set(going.filter(({ ids }) => ids.length > 0).map(({ type }) => type));
  const [type] = types.size === 1 ? types : [];
  if (removed > 0)
    write.audit.label('records.remove', {
      ...(type === undefined ? {} : { type }),
      count: removed + joint.contents.length,
      links: answer.links,
      references: answer.references,
    });
  return answer;
}

/** Each record where it is named first. */
function eachOnce(named: readonly Going[]): readonly Going[] {
  const seen = new Set<string>();
  return named.map(({ type, ids }) => ({ type, ids: ids.filter((id) => !seen.has(id) && seen.add(id)) }));
}

interface Joint extends Pick<Removal, 'contents' | 'links'> {
  references: (Removal['references'][number] & { because: string })[];
  /** Everything that goes, links too, in the order in which it goes: what refers before what is referred to. */
  gone: Gone[];
}

/**
 * What goes and changes when all of them are deleted. A record that goes itself does not lose its references first: undo brings it back
 * as it was, when all that it refers to is there.
 */
function jointly(removals: readonly Removal[], meant: ReadonlySet<string>): Joint {
  const gone = new Map<string, Gone>(
    removals.map(({ record }) => [record.id, { record, because: null }] as const),
  );
  for (const { record, contents, links } of removals)
    for (const one of [...contents, ...links])
      if (!gone.has(one.id)) gone.set(one.id, { record: one, because: record.id });
  const all = [...gone.values()].sort(
    (a, b) => removalOrder.indexOf(a.record.type) - removalOrder.indexOf(b.record.type),
  );
  const beyond = all.filter(({ record }) => !meant.has(record.id)).map(({ record }) => record);
  return {
    gone: all,
    links: beyond.filter(({ type }) => type === 'interface'),
    contents: beyond.filter(({ type }) => type !== 'interface'),
    references: removals.flatMap(({ record: { id: because }, references }) =>
      references
        .filter(
          ({ record, field }) => !gone.has(record.id) && goesFor(gone, record.payload[field]) === because,
        )
        .map((one) => ({ ...one, because })),
    ),
  };
}

/** Because of which of those that are meant a record goes: of several that take it along it is one, so that nothing is done twice. */
function goesFor(gone: ReadonlyMap<string, Gone>, id: Json | undefined): string | null {
  const one = typeof id === 'string' ? gone.get(id) : undefined;
  return one ? (one.because ?? one.record.id) : null;
}

function* apply(write: WriteContext, { references, gone }: Joint, meant: ReadonlySet<string>) {
  const meta = (because: string): string => JSON.stringify({ because });
  for (const { record, field, because } of references) {
    write.records.update(record, { [field]: null }, [], meta(because));
    yield 0;
  }
  let done = 0;
  for (const { record, because } of gone) {
    write.records.remove(record, because === null ? null : meta(because));
    if (meant.has(record.id)) done += 1;
    yield done;
  }
}

function told(
  write: WriteContext,
  removed: number,
  { links, references, contents }: Pick<Joint, 'links' | 'contents'> & Pick<Removal, 'references'>,
): RemovedMany {
  return {
    op_id: write.audit.changes === 0 ? null : write.audit.op_id,
    removed,
    links: links.length,
    references: new Set(references.map(({ record }) => record.id)).size,
    contents: countByTable(contents),
  };
}
