import { entityTypes } from '#shared/domain/types.ts';
import { describedIds } from '../documents/described-ids.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { changedRecords } from '../model/changed-records.ts';
import type { NameIndex } from '../model/name-index.ts';
import type { Link, LinkIndex } from '../network/link-index.ts';
import { applyRecordChanges } from './update-records.ts';
import { nodeKind, measureLink, addBearerSet } from './organisation.ts';
import type { NamedOrganisation, OrganisationState, Organisation } from './organisation.ts';

/** With more changes than this, a full read is cheaper. */
const maxChanges = 5000;

const plannedContactsQuery = `SELECT 1 FROM contacts WHERE ${visibleCondition()}
  AND substr(payload ->> '$.date', 1, 10) > :day AND substr(payload ->> '$.date', 1, 10) <= :today LIMIT 1`;

/** The organisation after the log entries since a row; null if a full read is needed. Does not modify its input. */
export function applyChanges(
  {
    organisation,
    nodeById,
    describedLinks: describedBefore,
  }: OrganisationState & { organisation: Pick<NamedOrganisation, 'head'> },
  {
    read,
    names,
    links,
    afterRow,
    today,
  }: { read: Connection; names: NameIndex; links: LinkIndex; afterRow: number; today: string },
): OrganisationState | null {
  const { linkIds } = organisation;
  const changedIds = changedRecords(read, entityTypes, afterRow, maxChanges);
  if (changedIds === null) return null;
  // Contacts count by node and period, so all are read again.
  if (changedRecords(read, ['contact'], afterRow, 1)?.length !== 0) return null;
  // Planned contacts count once their day has come.
  const day = (organisation.head.at ?? '').slice(0, 10);
  if (day !== today && read.column<number>(plannedContactsQuery, { day, today }).length > 0) return null;
  // A change of a document changes which links count as documented.
  const describedLinks = changedIds.some((id) => names.find(id)?.type === 'document')
    ? describedIds(read)
    : describedBefore;
  const edits: Edit[] = [];
  const recordIds: string[] = [];
  for (const id of [
    ...new Set([...changedIds, ...symmetricDifference(describedLinks, describedBefore)]),
  ].sort()) {
    const link = links.find(id);
    const index = lowerBound(linkIds, id);
    const hasRow = linkIds[index] === id;
    if (!link && !hasRow) {
      // With neither a name nor a node, the record was created and deleted in between.
      if (names.find(id) || nodeById.has(id)) recordIds.push(id);
      continue;
    }
    if (link && !(nodeById.has(link.from) && nodeById.has(link.to))) return null;
    if (
      hasRow &&
      [organisation.from[index], organisation.to[index]].some((node) => isUnlinked(node as number))
    )
      return null;
    edits.push({ index, hasRow, link });
  }
  // Records that are neither teams nor present people are nodes only while they have links.
  function isUnlinked(node: number): boolean {
    return isLinkDependent(organisation.kinds[node]) && links.count(organisation.nodes[node]?.id ?? '') === 0;
  }
  const updatedOrganisation =
    recordIds.length === 0
      ? organisation
      : applyRecordChanges({ organisation, nodeById, describedLinks }, recordIds, { read, names });
  if (updatedOrganisation === null) return null;
  return {
    nodeById,
    describedLinks,
    organisation:
      edits.length === 0
        ? updatedOrganisation
        : {
            ...updatedOrganisation,
            ...editColumns(updatedOrganisation, { nodeById, describedLinks }, edits),
          },
  };
}

const symmetricDifference = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] =>
  a === b ? [] : [...a, ...b].filter((id) => a.has(id) !== b.has(id));

const isLinkDependent = (kind: number | undefined): boolean =>
  kind === nodeKind.other || kind === nodeKind.left;

interface Edit {
  index: number;
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
  columns: Columns,
  { nodeById, describedLinks }: Omit<OrganisationState, 'organisation'>,
  edits: readonly Edit[],
): Columns {
  const editTypedArray = <T extends Uint32Array | Float64Array | Uint8Array>(
    column: T,
    valueFor: (link: Link) => number,
  ): T => {
    const count = edits.reduce((sum, { hasRow, link }) => sum + Number(Boolean(link)) - Number(hasRow), 0);
    const result = new (column.constructor as new (size: number) => T)(column.length + count);
    let [copiedEnd, end] = [0, 0];
    for (const { index, hasRow, link } of edits) {
      result.set(column.subarray(copiedEnd, index), end);
      end += index - copiedEnd;
      if (link) result[end++] = valueFor(link);
      copiedEnd = index + Number(hasRow);
    }
    result.set(column.subarray(copiedEnd), end);
    return result;
  };
  const editList = <T>(column: readonly T[], valueFor: (link: Link) => T): T[] => {
    const parts: (readonly T[])[] = [];
    let copiedEnd = 0;
    for (const { index, hasRow, link } of edits) {
      parts.push(column.slice(copiedEnd, index));
      if (link) parts.push([valueFor(link)]);
      copiedEnd = index + Number(hasRow);
    }
    return ([] as T[]).concat(...parts, column.slice(copiedEnd));
  };
  const bearerSets = [...columns.bearerSets];
  return {
    linkIds: editList(columns.linkIds, ({ id }) => id),
    bonds: editList(columns.bonds, ({ bond }) => bond),
    from: editTypedArray(columns.from, ({ from }) => nodeById.get(from) as number),
    to: editTypedArray(columns.to, ({ to }) => nodeById.get(to) as number),
    losses: editTypedArray(columns.losses, (link) => measureLink(link, describedLinks).loss),
    documented: editTypedArray(columns.documented, (link) => measureLink(link, describedLinks).documented),
    linkImportance: editTypedArray(
      columns.linkImportance,
      (link) => measureLink(link, describedLinks).importance,
    ),
    bearerSet: editTypedArray(columns.bearerSet, (link) => addBearerSet(link, nodeById, bearerSets)),
    bearerSets,
  };
}
