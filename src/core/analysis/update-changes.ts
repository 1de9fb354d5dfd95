import { entityTypes } from '#shared/domain/types.ts';
import { describedIds } from '../documents/described-ids.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { changedRecords } from '../model/changed-records.ts';
import type { NameIndex } from '../model/name-index.ts';
import type { Link, LinkIndex } from '../network/link-index.ts';
import { followRecords } from './update-records.ts';
import { nodeKind, measuresOf, addBearerSet } from './organisation.ts';
import type { OrganisationState, Organisation } from './organisation.ts';

/** With more changes than this, a full read is cheaper. */
const maxChanges = 5000;

/** The organisation after the log entries since a row; null if a full read is needed. Does not modify its input. */
export function followChanges(
  { organisation, nodeById, described: describedBefore }: OrganisationState,
  {
    read,
    names,
    links,
    afterRow,
  }: { read: Connection; names: NameIndex; links: LinkIndex; afterRow: number },
): OrganisationState | null {
  const { linkIds } = organisation;
  const changed = changedRecords(read, entityTypes, afterRow, maxChanges);
  if (changed === null) return null;
  // A change of a document changes which links count as documented.
  const described = changed.some((id) => names.find(id)?.type === 'document')
    ? describedIds(read)
    : describedBefore;
  const edits: Edit[] = [];
  const records: string[] = [];
  for (const id of [...new Set([...changed, ...symmetricDifference(described, describedBefore)])].sort()) {
    const link = links.find(id);
    const at = lowerBound(linkIds, id);
    const hasRow = linkIds[at] === id;
    if (!link && !hasRow) {
      // With neither a name nor a node, the record was created and deleted in between.
      if (names.find(id) || nodeById.has(id)) records.push(id);
      continue;
    }
    if (link && !(nodeById.has(link.from) && nodeById.has(link.to))) return null;
    if (hasRow && [organisation.from[at], organisation.to[at]].some((node) => isUnlinked(node as number)))
      return null;
    edits.push({ at, hasRow, link });
  }
  // Records that are neither teams nor present people are nodes only while they have links.
  function isUnlinked(node: number): boolean {
    return isLinkDependent(organisation.kinds[node]) && links.count(organisation.nodes[node]?.id ?? '') === 0;
  }
  const afterRecords =
    records.length === 0
      ? organisation
      : followRecords({ organisation, nodeById, described }, records, { read, names });
  if (afterRecords === null) return null;
  return {
    nodeById,
    described,
    organisation:
      edits.length === 0
        ? afterRecords
        : { ...afterRecords, ...editColumns(afterRecords, { nodeById, described }, edits) },
  };
}

const symmetricDifference = (one: ReadonlySet<string>, other: ReadonlySet<string>): string[] =>
  one === other ? [] : [...one, ...other].filter((id) => one.has(id) !== other.has(id));

const isLinkDependent = (kind: number | undefined): boolean =>
  kind === nodeKind.other || kind === nodeKind.left;

interface Edit {
  at: number;
  hasRow: boolean;
  link: Link | undefined;
}

function lowerBound(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as string) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Columns = Pick<OrganisationState['organisation'], 'linkIds' | 'bonds'> &
  Pick<Organisation, 'from' | 'to' | 'losses' | 'documented' | 'linkImportance' | 'bearerSet' | 'bearerSets'>;

/** Applies the edits, sorted by index, to copies of the columns. */
function editColumns(
  before: Columns,
  { nodeById, described }: Omit<OrganisationState, 'organisation'>,
  edits: readonly Edit[],
): Columns {
  const editTyped = <T extends Uint32Array | Float64Array | Uint8Array>(
    column: T,
    valueOf: (link: Link) => number,
  ): T => {
    const count = edits.reduce((sum, { hasRow, link }) => sum + Number(Boolean(link)) - Number(hasRow), 0);
    const result = new (column.constructor as new (size: number) => T)(column.length + count);
    let [copied, end] = [0, 0];
    for (const { at, hasRow, link } of edits) {
      result.set(column.subarray(copied, at), end);
      end += at - copied;
      if (link) result[end++] = valueOf(link);
      copied = at + Number(hasRow);
    }
    result.set(column.subarray(copied), end);
    return result;
  };
  const editList = <T>(column: readonly T[], valueOf: (link: Link) => T): T[] => {
    const parts: (readonly T[])[] = [];
    let copied = 0;
    for (const { at, hasRow, link } of edits) {
      parts.push(column.slice(copied, at));
      if (link) parts.push([valueOf(link)]);
      copied = at + Number(hasRow);
    }
    return ([] as T[]).concat(...parts, column.slice(copied));
  };
  const bearerSets = [...before.bearerSets];
  return {
    linkIds: editList(before.linkIds, ({ id }) => id),
    bonds: editList(before.bonds, ({ bond }) => bond),
    from: editTyped(before.from, ({ from }) => nodeById.get(from) as number),
    to: editTyped(before.to, ({ to }) => nodeById.get(to) as number),
    losses: editTyped(before.losses, (link) => measuresOf(link, described).loss),
    documented: editTyped(before.documented, (link) => measuresOf(link, described).documented),
    linkImportance: editTyped(before.linkImportance, (link) => measuresOf(link, described).importance),
    bearerSet: editTyped(before.bearerSet, (link) => addBearerSet(link, nodeById, bearerSets)),
    bearerSets,
  };
}
