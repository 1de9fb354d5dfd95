import { entityTypes } from '#shared/domain/types.ts';
import { describedIds } from '../documents/described.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { changedRecords } from '../model/changed-records.ts';
import type { NameIndex } from '../model/name-index.ts';
import type { Link, LinkIndex } from '../network/link-index.ts';
import { followRecords } from './follow-records.ts';
import { kindOf, measuresOf, placeBearers } from './organisation.ts';
import type { Collected, Organisation } from './organisation.ts';

/** With more changes than this, reading everything again is cheaper. */
const mostChanges = 5000;

/** The organisation after the log entries since a row; null if a full read is needed. Does not modify its input. */
export function followChanges(
  { organisation, places, described: formerly }: Collected,
  {
    read,
    names,
    links,
    afterRow,
  }: { read: Connection; names: NameIndex; links: LinkIndex; afterRow: number },
): Collected | null {
  const { linkIds } = organisation;
  const changed = changedRecords(read, entityTypes, afterRow, mostChanges);
  if (changed === null) return null;
  // A change of a document changes which links count as documented.
  const described = changed.some((id) => names.find(id)?.type === 'document') ? describedIds(read) : formerly;
  const edits: Edit[] = [];
  const records: string[] = [];
  for (const id of [...new Set([...changed, ...inOneOnly(described, formerly)])].sort()) {
    const link = links.find(id);
    const at = firstNotBelow(linkIds, id);
    const isThere = linkIds[at] === id;
    if (!link && !isThere) {
      // Otherwise the link was created and deleted in between.
      if (names.find(id) || places.has(id)) records.push(id);
      continue;
    }
    if (link && !(places.has(link.from) && places.has(link.to))) return null;
    if (isThere && [organisation.from[at], organisation.to[at]].some((node) => isLeft(node as number)))
      return null;
    edits.push({ at, isThere, link });
  }
  // Records that are neither teams nor present people are nodes only while they have links.
  function isLeft(node: number): boolean {
    return isOnlyByLinks(organisation.kinds[node]) && links.count(organisation.nodes[node]?.id ?? '') === 0;
  }
  const before =
    records.length === 0
      ? organisation
      : followRecords({ organisation, places, described }, records, { read, names });
  if (before === null) return null;
  return {
    places,
    described,
    organisation:
      edits.length === 0 ? before : { ...before, ...edited(before, { places, described }, edits) },
  };
}

const inOneOnly = (one: ReadonlySet<string>, other: ReadonlySet<string>): string[] =>
  one === other ? [] : [...one, ...other].filter((id) => one.has(id) !== other.has(id));

const isOnlyByLinks = (kind: number | undefined): boolean => kind === kindOf.other || kind === kindOf.left;

interface Edit {
  at: number;
  isThere: boolean;
  link: Link | undefined;
}

function firstNotBelow(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as string) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Columns = Pick<Collected['organisation'], 'linkIds' | 'bonds'> &
  Pick<Organisation, 'from' | 'to' | 'losses' | 'documented' | 'linkImportance' | 'bearerSet' | 'bearerSets'>;

/** The columns after the edits, which are in the order of their indexes. */
function edited(
  before: Columns,
  { places, described }: Pick<Collected, 'places' | 'described'>,
  edits: readonly Edit[],
): Columns {
  const typed = <T extends Uint32Array | Float64Array | Uint8Array>(
    column: T,
    valueOf: (link: Link) => number,
  ): T => {
    const count = edits.reduce((sum, { isThere, link }) => sum + Number(Boolean(link)) - Number(isThere), 0);
    const made = new (column.constructor as new (size: number) => T)(column.length + count);
    let [done, to] = [0, 0];
    for (const { at, isThere, link } of edits) {
      made.set(column.subarray(done, at), to);
      to += at - done;
      if (link) made[to++] = valueOf(link);
      done = at + Number(isThere);
    }
    made.set(column.subarray(done), to);
    return made;
  };
  const listed = <T>(column: readonly T[], valueOf: (link: Link) => T): T[] => {
    const parts: (readonly T[])[] = [];
    let done = 0;
    for (const { at, isThere, link } of edits) {
      parts.push(column.slice(done, at));
      if (link) parts.push([valueOf(link)]);
      done = at + Number(isThere);
    }
    return ([] as T[]).concat(...parts, column.slice(done));
  };
  const bearerSets = [...before.bearerSets];
  return {
    linkIds: listed(before.linkIds, ({ id }) => id),
    bonds: listed(before.bonds, ({ bond }) => bond),
    from: typed(before.from, ({ from }) => places.get(from) as number),
    to: typed(before.to, ({ to }) => places.get(to) as number),
    losses: typed(before.losses, (link) => measuresOf(link, described).loss),
    documented: typed(before.documented, (link) => measuresOf(link, described).documented),
    linkImportance: typed(before.linkImportance, (link) => measuresOf(link, described).importance),
    bearerSet: typed(before.bearerSet, (link) => placeBearers(link, places, bearerSets)),
    bearerSets,
  };
}
