import { invalidFault } from '../../model/validate.ts';
import { issueWithCode } from '#shared/texts/issues.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { pointsOf } from '#shared/domain/share-units.ts';
import { nodeType } from '#shared/contract/network.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType, TableName } from '#shared/domain/types.ts';
import { typesBySection } from '../../model/interchange/keys.ts';
import type { Ids } from '../../kernel/system.ts';
import { decodeUtf8 } from '../../kernel/files/read-file.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { FindRecord } from '../../log/records/university.ts';
import { shareUnitOf } from '../units.ts';
import type { ShareUnitGuess } from '../units.ts';
import { RecordPlanner } from '../record-planner.ts';
import type { Lookup } from '../record-planner.ts';
import type { PlannedRecord } from '../planned-record.ts';
import { graphDocument } from '../graph/document.ts';
import type { GraphDocument } from '../graph/document.ts';
import type { Graph } from '../graph/graph.ts';
import type { Notices } from '../notices.ts';
import { Problems } from '../problems.ts';
import { VisibleRecords } from '../table/rows/visible-records.ts';
import { Targets, claimIds, openDocument, readEnds, recordsPerYield } from './document.ts';
import type { Claim, ListClaims } from './document.ts';
import { jsonPath, parseJson } from './parse.ts';
import { readRecord } from './record.ts';
import { durationUnitOf } from '../units.ts';
import { IndexedDocument, NotIndexableError } from './record-blocks.ts';

/** The records that an import would write, with access to any record's result. */
export interface Plan {
  records: readonly PlannedRecord[];
  find: FindRecord;
}

export interface FilePlan extends Plan {
  /** New ids by the ids in the file, for each table; a record without an id in the file is listed by its path. */
  ids: () => ReadonlyMap<TableName, ReadonlyMap<string, string>>;
  duration_unit: ImportPlan['duration_unit'];
  loss_unit: ImportPlan['loss_unit'];
  asks_loss_unit: boolean;
  loss_scale: ImportPlan['loss_scale'];
  problems: Problems;
  /** The file as a graph; null for other files. */
  graph: ImportPlan['graph'];
  /** Number of records of a graph with the name of an existing record under another id. */
  matched: number;
}

export interface PlanSources {
  lookup: Lookup;
  ids: Ids;
  options: ImportOptions;
  /** For finding existing records by name; without it, names are not compared. */
  db?: ReadHandle | undefined;
}

interface DocumentSources extends Omit<PlanSources, 'db'> {
  visible?: Pick<VisibleRecords, 'recordsNamed' | 'titles'>;
  pathOf?: GraphDocument['pathOf'];
  findGraphRecord?: GraphDocument['findGraphRecord'];
  linkId?: GraphDocument['linkId'];
  statedUnits?: GraphDocument['statedUnits'];
  rests?: GraphDocument['rests'];
  readsWords?: GraphDocument['readsWords'];
  /** Types whose records are found by name, besides universities. */
  namedTypes?: readonly EntityType[];
  notices?: Notices;
}

/** A file's content: lists of records, or a graph. */
export type FileContent =
  | { kind: 'records'; document: Json | IndexedDocument }
  | { kind: 'graph'; graph: Graph };

/** Plans a file's content with `planImport`; a graph is converted to a document first. */
export function* planFile(
  content: FileContent,
  { db, ...sources }: PlanSources,
): Generator<number, FilePlan, void> {
  const visible = new VisibleRecords();
  const loadedTypes = content.kind === 'graph' ? nodeType.options : (['university'] as const);
  if (db) for (const _ of visible.load(db, loadedTypes)) yield 0;
  if (content.kind === 'records') return yield* planDocument(content.document, { ...sources, visible });
  const document = yield* graphDocument(content.graph, sources.options, sources.lookup, visible);
  const { root, summary, ...graphSources } = document;
  const namedTypes = nodeType.options.filter((type) => type !== 'university');
  const plan = yield* planImport(root, { ...sources, ...graphSources, visible, namedTypes });
  return { ...plan, graph: { ...summary, matched: plan.matched } };
}

/** Plans a document; if its records are invalid JSON, parsing it completely gives the error. */
function* planDocument(
  document: Json | IndexedDocument,
  sources: DocumentSources,
): Generator<number, FilePlan, void> {
  try {
    return yield* planImport(document, sources);
  } catch (error) {
    if (!(error instanceof NotIndexableError)) throw error;
    return yield* planImport(yield* parseJson(decodeUtf8(error.bytes)), sources);
  }
}

/** Throws INVALID if the user has not decided whether names mean existing records or universities of another name. */
export function refuseUndecided(
  { graph }: Pick<FilePlan, 'graph'>,
  { matching, university_names }: ImportOptions,
): void {
  if (!graph) return;
  const undecided = graph.universities.find(
    ({ name }) => !university_names.some((choice) => choice.name === name),
  );
  if (undecided) {
    const params = { name: undecided.name, similar: undecided.similar.join('”, “') };
    throw invalidFault([issueWithCode('university_names', 'undecided', 'undecided_university', params)]);
  }
  if (graph.matched === 0 || matching !== 'ask') return;
  throw invalidFault([issueWithCode('matching', 'undecided', 'undecided_nodes', { count: graph.matched })]);
}

/** The largest number of steps of `planFile`: each record is read twice, and an edge in both directions is two. */
export function countFileSteps(content: FileContent): number {
  if (content.kind === 'records') return countPlanSteps(content.document);
  const { nodes, edges } = content.graph;
  const mutualCount = edges.reduce((count, { isMutual }) => count + Number(isMutual === true), 0);
  return 2 * (nodes.length + edges.length + mutualCount);
}

/**
 * Plans the import of a document. Values that cannot be kept become problems with their consequence. Yields steps done, of
 * `countPlanSteps`; the result does not retain the document. Throws BAD_FILE for a wrong structure.
 */
export function* planImport(
  document: Json | IndexedDocument,
  sources: DocumentSources,
): Generator<number, FilePlan, void> {
  const problems = new Problems();
  problems.findGraphRecord = sources.findGraphRecord;
  problems.notices.addAll(sources.notices?.list() ?? []);
  const { lists, units } = openDocument(document, problems);
  const { lookup } = sources;
  const claims = yield* claimIds({
    lists,
    lookup,
    ids: sources.ids,
    problems,
    pathOf: sources.pathOf,
    linkId: sources.linkId,
    visible: sources.visible,
    namedTypes: sources.namedTypes ?? [],
    options: sources.options,
  });
  if (document instanceof IndexedDocument) document.readOnce();
  const targets = new Targets(claims, lookup);
  const { duration_unit, loss_unit } = sources.options;
  const { largest } = claims;
  const durationUnit = durationUnitOf(largest, units.durations === 'years' ? 'years' : duration_unit);
  const isPercent = units.losses === 'percent';
  const shareUnits = new Map(
    [...largest.shares].map(([field, share]) => [
      field,
      shareUnitOf(
        [share],
        isPercent
          ? 'percent'
          : loss_unit === 'guess'
            ? (sources.statedUnits?.get(field) ?? 'guess')
            : loss_unit,
      ),
    ]),
  );
  const planner = new RecordPlanner(lookup, problems.notices);
  /** Ids in the file by new id, where they differ; the path of a record without an id in the file. */
  const fileIds = new Map<string, string>();
  const typeOf = (id: string) => targets.typeOf(id);
  const readsWords = sources.readsWords ?? false;
  const { rests } = sources;
  const context = { targets, problems, durationUnit, shareUnits, rests, readsWords };
  let done = claims.count;
  for (const claim of interfacesLast(claims.lists)) {
    const { type, id, oldId, existing, path } = claim;
    const ends = type === 'interface' ? readEnds(claim, context) : null;
    if (type !== 'interface' || ends) {
      const allValues = readRecord(claim, ends, context);
      // An existing record that was found by its name keeps its spelling.
      const values = claim.isFoundByName
        ? Object.fromEntries(Object.entries(allValues).filter(([field]) => field !== 'name'))
        : allValues;
      // An existing link gets the kind of its ends again, unless the file names a kind or the link has none.
      const followsEnds =
        !Object.hasOwn(values, 'interface_type') && typeof existing?.payload.interface_type === 'string';
      const { cleared } = planner.plan({ type, id, existing, values, followsEnds }, typeOf);
      for (const field of cleared)
        problems.add(
          [...path, field],
          'dangling_reference',
          'cleared',
          values[field] ?? existing?.payload[field],
        );
      if (oldId !== id) fileIds.set(id, oldId ?? jsonPath(path));
    }
    if (++done % recordsPerYield === 0) yield done;
  }
  problems.findGraphRecord = undefined;
  return buildPlan(planner, fileIds, {
    duration_unit: durationUnit.unit,
    loss_unit: (shareUnits.get('energy_loss') ?? [...shareUnits.values()][0])?.unit ?? null,
    asks_loss_unit:
      !isPercent && [...shareUnits.values()].some(({ isAmbiguous, scale }) => isAmbiguous || scale),
    loss_scale: isPercent ? null : scaleOf([...shareUnits.values()]),
    problems,
    graph: null,
    matched: claims.matchCount,
  });
}

/** The scale of the shares: the one in use, or one on which they can be points. */
function scaleOf(units: readonly ShareUnitGuess[]): ImportPlan['loss_scale'] {
  const used = units.find(({ unit }) => unit !== null && pointsOf(unit) !== null)?.unit;
  return used ?? units.find(({ scale }) => scale !== null)?.scale ?? null;
}

function countPlanSteps(value: Json | IndexedDocument): number {
  return 2 * recordListsIn(value).reduce((sum, { length }) => sum + length, 0);
}

function recordListsIn(value: Json | IndexedDocument): readonly { length: number }[] {
  if (value instanceof IndexedDocument) return [...value.lists.values()];
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, list]) =>
    typesBySection.has(key) && Array.isArray(list) ? [list as readonly Json[]] : [],
  );
}

// A separate function, because closures of the generator would retain the whole document.
function buildPlan(
  planner: RecordPlanner,
  fileIds: ReadonlyMap<string, string>,
  summary: Omit<FilePlan, 'records' | 'find' | 'ids'>,
): FilePlan {
  const idsOf = (type: EntityType) =>
    planner.recordsOf(type).map(({ id }) => [fileIds.get(id) ?? id, id] as const);
  const ids = () => new Map(entityTypes.map((type) => [tableOf[type], new Map(idsOf(type))]));
  return { ...summary, records: planner.records(), find: planner.find, ids };
}

/** Interfaces come last, because their computed fields come from their ends. */
function* interfacesLast(lists: readonly ListClaims[]): Generator<Claim, void, void> {
  for (const list of lists) if (list.type !== 'interface') yield* list;
  for (const list of lists) if (list.type === 'interface') yield* list;
}
