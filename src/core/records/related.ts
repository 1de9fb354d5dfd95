import type { InputOf, OutputOf } from '#shared/contract/base.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { PathStep, related } from '#shared/contract/related.ts';
import { compareText } from '#shared/domain/sort-key.ts';
import { retryOnChange } from '../log/retry-on-change.ts';
import { readLinkNames, readNames } from '../model/names.ts';
import type { RecordName } from '../model/names.ts';
import type { Services } from '../model/services.ts';
import { findSimilarIds } from '../search/similar.ts';
import { referenceIndex } from './reference-index.ts';
import type { IndexedRecord } from './reference-index.ts';

type Request = InputOf<typeof related>;
type Answer = OutputOf<typeof related>;
interface Connection extends Pick<PathStep, 'kind' | 'direction'> {
  record: IndexedRecord;
}

interface FoundRecord extends Connection {
  distance: number;
  /** The record before; null at distance 1. */
  previous: FoundRecord | null;
}

/** A record with more references than this, from and to it, is listed but not followed. */
const maxReferences = 200;
const recordsPerYield = 500;

const otherEnd: Readonly<Record<string, string>> = { from: 'to', to: 'from' };
/** A link reached from its end: its other end is listed instead. */
const isPassedLink = ({ kind, direction }: Connection): boolean => kind in otherEnd && direction === 'in';

const compareConnections = (a: Connection, b: Connection): number =>
  Number(isPassedLink(a)) - Number(isPassedLink(b)) ||
  Number(b.kind === 'link') - Number(a.kind === 'link') ||
  compareText(a.kind, b.kind) ||
  compareText(a.direction, b.direction);
const compareFound = (a: FoundRecord, b: FoundRecord): number =>
  a.distance - b.distance || compareConnections(a, b) || compareText(a.record.id, b.record.id);

/** The records that a record is connected with, by distance, kind and id. Yields often. Throws NOT_FOUND. */
export function* findRelated(services: Services, request: Request): Generator<number, Answer, void> {
  const similarIds = yield* findSimilarIds(services, request.id);
  return yield* retryOnChange(services.read, () => readRelated(services, request, similarIds));
}

function* readRelated(
  services: Services,
  { id, depth, limit }: Request,
  similarIds: readonly string[],
): Generator<number, Answer, void> {
  const index = referenceIndex(services);
  yield* index.refresh();
  const start = index.find(id);
  if (!start) throw new Fault('NOT_FOUND', { type: 'record', id });
  const similarRecords = similarIds.flatMap((similarId) => index.find(similarId) ?? []);
  const found = (yield* search(start, depth, similarRecords)).filter((record) => !isPassedLink(record));
  const paths = found.toSorted(compareFound).slice(0, limit).map(pathTo);
  const names = namesOf(services, paths.flat());
  const universities = cachedNames(
    services,
    [...names.values()].flatMap(({ university_id }) => university_id ?? []),
  );
  const nameOf = ({ record }: Connection): RecordName => names.get(record.id) as RecordName;
  const rows = paths.map((path) => {
    const { id: recordId, type, title, university_id } = nameOf(path.at(-1) as FoundRecord);
    const university = type === 'university' ? null : (universities.get(university_id ?? '')?.title ?? null);
    const steps = path.map((step): PathStep => {
      const name = nameOf(step);
      return { id: name.id, type: name.type, title: name.title, kind: step.kind, direction: step.direction };
    });
    return { id: recordId, type, title, university, distance: path.length, path: steps };
  });
  return { rows, total: found.length };
}

/** Breadth first. Of several shortest paths, the last connection and then the id of the record before it decide. */
function* search(
  start: IndexedRecord,
  depth: number,
  similarRecords: readonly IndexedRecord[],
): Generator<number, FoundRecord[], void> {
  const found = new Map<IndexedRecord, FoundRecord>();
  let [frontier, steps]: [(FoundRecord | null)[], number] = [[null], 0];
  for (let distance = 1; distance <= depth; distance += 1) {
    const next = new Map<IndexedRecord, FoundRecord>();
    for (const previous of frontier) {
      if (previous && !canFollow(previous.record)) continue;
      for (const connection of connectionsOf(previous?.record ?? start, previous ? [] : similarRecords)) {
        const { record } = connection;
        if (record === start || found.has(record) || record.type === null) continue;
        const known = next.get(record);
        const order = known
          ? compareConnections(connection, known) ||
            compareText(previous?.record.id ?? '', known.previous?.record.id ?? '')
          : -1;
        if (order < 0) next.set(record, { ...connection, distance, previous });
      }
      if (++steps % recordsPerYield === 0) yield steps;
    }
    for (const [record, item] of next) found.set(record, item);
    frontier = [...next.values()];
    yield steps;
  }
  return [...found.values()];
}

function* connectionsOf(
  record: IndexedRecord,
  similarRecords: readonly IndexedRecord[],
): Generator<Connection, void, void> {
  for (const { field, to } of record.out) yield { record: to, kind: field, direction: 'out' };
  for (const { field, from } of record.in) {
    yield { record: from, kind: field, direction: 'in' };
    for (const end of field in otherEnd ? from.out : [])
      if (end.field === otherEnd[field])
        yield { record: end.to, kind: 'link', direction: field === 'from' ? 'out' : 'in' };
  }
  for (const similar of similarRecords) yield { record: similar, kind: 'similar', direction: 'out' };
}

const canFollow = (record: IndexedRecord): boolean =>
  record.out.length + record.in.length <= maxReferences && record.type !== 'university';

const pathTo = (item: FoundRecord): FoundRecord[] =>
  item.previous ? [...pathTo(item.previous), item] : [item];

type Names = Map<string, RecordName>;

const cachedNames = ({ read, names }: Services, ids: Iterable<string>): Names =>
  names.cachedNames(ids) ?? readNames(read, ids);

/** The names of records, links included. */
function namesOf(services: Services, connections: readonly Connection[]): Names {
  const idsOf = (records: readonly Connection[]): string[] => records.map(({ record }) => record.id);
  const links = connections.filter(({ record }) => record.type === 'interface');
  const linkNames = readLinkNames(services.read, idsOf(links), (ends) => cachedNames(services, ends));
  return new Map([...cachedNames(services, idsOf(connections)), ...linkNames]);
}
