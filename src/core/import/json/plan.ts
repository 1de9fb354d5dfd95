import { Fault } from '#shared/contract/faults.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { nodeType } from '#shared/contract/network.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType, TableName } from '#shared/domain/types.ts';
import { typesBySection } from '../../model/interchange/keys.ts';
import type { Ids } from '../../kernel/system.ts';
import { decodeText } from '../../kernel/files/read-file.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { Find } from '../../log/records/university.ts';
import { lossUnitOf } from '../units.ts';
import { RecordPlanner } from '../record-planner.ts';
import type { Lookup } from '../record-planner.ts';
import type { PlannedRecord } from '../planned-record.ts';
import { graphDocument } from '../graph/document.ts';
import type { GraphDocument } from '../graph/document.ts';
import type { Graph } from '../graph/graph.ts';
import type { Notices } from '../notices.ts';
import { Problems } from '../problems.ts';
import { Present } from '../table/present.ts';
import { Targets, claimIds, openDocument, readEnds, recordsAStep } from './document.ts';
import type { Claim, ListClaims } from './document.ts';
import { jsonPath, parseJson } from './parse.ts';
import { readRecord } from './record.ts';
import { decideUnit } from '../units.ts';
import { IndexedDocument, NotIndexed } from './record-blocks.ts';

/** The records that an import would write, with access to any record's result. */
export interface Plan {
  records: readonly PlannedRecord[];
  find: Find;
}

/** The complete plan of an import. */
export interface Prepared extends Plan {
  /** New ids by the file's, for each table; a record without an id is listed by its path. */
  ids: () => ReadonlyMap<TableName, ReadonlyMap<string, string>>;
  duration_unit: ImportPlan['duration_unit'];
  loss_unit: ImportPlan['loss_unit'];
  asks_loss_unit: boolean;
  problems: Problems;
  /** The file as a graph; null if it is none. */
  graph: ImportPlan['graph'];
  /** Records of a graph with the name of an existing one under another id. */
  matched: number;
}

export interface PlanSources {
  lookup: Lookup;
  ids: Ids;
  options: ImportOptions;
  /** For finding existing records by name; without it, none is found so. */
  db?: ReadHandle | undefined;
}

interface DocumentSources extends Omit<PlanSources, 'db'> {
  present?: Pick<Present, 'called'>;
  placeOf?: GraphDocument['placeOf'];
  linkId?: GraphDocument['linkId'];
  /** Types whose records are found by name, besides universities. */
  byName?: readonly EntityType[];
  notices?: Notices;
}

/** A file's content: lists of records, or a graph. */
export type FileContent =
  | { kind: 'records'; document: Json | IndexedDocument }
  | { kind: 'graph'; graph: Graph };

/** Plans a file's content, as `planImport` does for its document. */
export function* planFile(
  content: FileContent,
  { db, ...sources }: PlanSources,
): Generator<number, Prepared, void> {
  const present = new Present();
  const named = content.kind === 'graph' ? nodeType.options : (['university'] as const);
  if (db) for (const _ of present.load(db, named)) yield 0;
  if (content.kind === 'records') return yield* planDocument(content.document, { ...sources, present });
  const document = yield* graphDocument(content.graph, sources.options, sources.lookup, present);
  const { root, placeOf, linkId, summary, notices } = document;
  const byName = nodeType.options.filter((type) => type !== 'university');
  const prepared = yield* planImport(root, { ...sources, present, placeOf, linkId, byName, notices });
  return { ...prepared, graph: { ...summary, matched: prepared.matched } };
}

/** Plans a document; if its records are invalid JSON, parsing it completely gives the error. */
function* planDocument(
  document: Json | IndexedDocument,
  sources: DocumentSources,
): Generator<number, Prepared, void> {
  try {
    return yield* planImport(document, sources);
  } catch (error) {
    if (!(error instanceof NotIndexed)) throw error;
    return yield* planImport(yield* parseJson(decodeText(error.bytes)), sources);
  }
}

/** Throws INVALID if it is undecided whether nodes are the existing records of their names. */
export function refuseUndecided({ graph }: Pick<Prepared, 'graph'>, { matching }: ImportOptions): void {
  if (!graph || graph.matched === 0 || matching !== 'ask') return;
  const message = `${graph.matched} nodes have the name of an existing record. Use --matching update or create`;
  throw new Fault('INVALID', { issues: [{ path: 'matching', code: 'undecided', message }] });
}

/** The largest number of steps of `planFile`: each record is read twice. */
export function fileSteps(content: FileContent): number {
  if (content.kind === 'records') return planSteps(content.document);
  return 2 * (content.graph.nodes.length + content.graph.edges.length);
}

/**
 * Plans the import of a document. Values that cannot be kept become problems with their consequence. Yields steps done, of `planSteps`; the
 * result does not retain the document. Throws BAD_FILE for a wrong structure.
 */
export function* planImport(
  parsed: Json | IndexedDocument,
  sources: DocumentSources,
): Generator<number, Prepared, void> {
  const problems = new Problems();
  problems.notices.addAll(sources.notices?.list() ?? []);
  const { lists, units } = openDocument(parsed, problems);
  const { lookup } = sources;
  const claims = yield* claimIds({
    lists,
    lookup,
    ids: sources.ids,
    problems,
    placeOf: sources.placeOf,
    linkId: sources.linkId,
    present: sources.present,
    byName: sources.byName ?? [],
    options: sources.options,
  });
  if (parsed instanceof IndexedDocument) parsed.readOnce();
  const targets = new Targets(claims, lookup);
  const { duration_unit, loss_unit } = sources.options;
  const { figures } = claims;
  const unit = decideUnit(figures, units.durations === 'years' ? 'years' : duration_unit);
  const isPercent = units.losses === 'percent';
  const losses = figures.loss === null ? [] : [figures.loss];
  const lossUnit = lossUnitOf(losses, isPercent ? 'percent' : loss_unit);
  const planner = new RecordPlanner(lookup);
  /** The file's name for a record without an id there. */
  const names = new Map<string, string>();
  const typeOf = (id: string) => targets.typeOf(id);
  const work = { targets, problems, unit, lossUnit };
  let done = claims.count;
  for (const claim of interfacesLast(claims.lists)) {
    const { type, id, oldId, existing, path } = claim;
    const ends = type === 'interface' ? readEnds(claim, work) : null;
    if (type !== 'interface' || ends) {
      const all = readRecord(claim, ends, work);
      // The existing university keeps its spelling.
      const values = claim.sameName
        ? Object.fromEntries(Object.entries(all).filter(([field]) => field !== 'name'))
        : all;
      // Without a kind in the file or the workspace, there stays none.
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
      if (oldId !== id) names.set(id, oldId ?? jsonPath(path));
    }
    if (++done % recordsAStep === 0) yield done;
  }
  return conclude(planner, names, {
    duration_unit: unit.unit,
    loss_unit: lossUnit.unit,
    asks_loss_unit: lossUnit.ambiguous && !isPercent,
    problems,
    graph: null,
    matched: claims.matched,
  });
}

function planSteps(value: Json | IndexedDocument): number {
  const lists =
    value instanceof IndexedDocument
      ? [...value.lists.values()]
      : isJsonObject(value)
        ? Object.entries(value).flatMap(([key, list]) =>
            typesBySection.has(key) && Array.isArray(list) ? [list as readonly Json[]] : [],
          )
        : [];
  return 2 * lists.reduce((sum, { length }) => sum + length, 0);
}

// Outside of the generator, whose closures would retain the whole document.
function conclude(
  planner: RecordPlanner,
  names: ReadonlyMap<string, string>,
  rest: Omit<Prepared, 'records' | 'find' | 'ids'>,
): Prepared {
  const idsOf = (type: EntityType) => planner.of(type).map(({ id }) => [names.get(id) ?? id, id] as const);
  const ids = () => new Map(entityTypes.map((type) => [tableOf[type], new Map(idsOf(type))]));
  return { ...rest, records: planner.records(), find: planner.find, ids };
}

/** An interface's computed fields come from its ends. */
function* interfacesLast(lists: readonly ListClaims[]): Generator<Claim, void, void> {
  for (const list of lists) if (list.type !== 'interface') yield* list;
  for (const list of lists) if (list.type === 'interface') yield* list;
}
