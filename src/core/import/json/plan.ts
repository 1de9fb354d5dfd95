import { Fault } from '#shared/contract/faults.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { nodeType } from '#shared/contract/network.ts';
import { isErased } from '#shared/domain/erased.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType, TableName } from '#shared/domain/types.ts';
import { followingKind, withKind } from '../../model/link-kind.ts';
import { sections, writeOrder } from '../../model/interchange/keys.ts';
import type { Ids } from '../../kernel/system.ts';
import { decodeText } from '../../kernel/files/read-file.ts';
import { endUniversitiesBy } from '../../log/records/university.ts';
import { lossUnitOf } from '../losses.ts';
import { laidOver, mergeRecord } from '../merge.ts';
import type { Merged, PlannedRecord } from '../merge.ts';
import { graphDocument } from '../graph/document.ts';
import type { GraphDocument } from '../graph/document.ts';
import type { Graph } from '../graph/graph.ts';
import type { Notices } from '../notices.ts';
import { NewLinks } from '../new-links.ts';
import { Problems } from '../problems.ts';
import type { Present } from '../table/present.ts';
import { Targets, claimIds, openDocument, readEnds, recordsAStep } from './document.ts';
import type { Claim, ListClaims, Lookup } from './document.ts';
import { jsonPath, parseJson } from './parse.ts';
import { readRecord } from './record.ts';
import { decideUnit } from './units.ts';
import { IndexedDocument, NotIndexed } from './record-blocks.ts';

/** The file's record merged into the existing one; a moved link gets the kind of its new ends. */
function merged(
  claim: Claim,
  said: JsonObject,
  targets: Targets,
  problems: Problems,
): Omit<Merged, 'cleared'> {
  const { type, existing, path } = claim;
  if (!existing) return { effect: 'create', payload: said };
  const laid = laidOver(existing.payload, said);
  // Fields that neither has stay absent.
  const follows =
    type === 'interface' && !Object.hasOwn(said, 'interface_type') && typeof laid.interface_type === 'string';
  const anyType = (id: string) => targets.typeOf(id) ?? targets.existing(id)?.type;
  const payload = follows ? withKind(laid, followingKind(existing.payload, laid, anyType)) : laid;
  const { cleared, ...result } = mergeRecord(type, existing, payload, (id) => targets.typeOf(id));
  for (const field of cleared)
    problems.add([...path, field], 'dangling_reference', 'cleared', payload[field]);
  return result;
}

export interface Found {
  type: AuditedType;
  payload: JsonObject;
}

/** The complete plan of an import. */
export interface Prepared {
  records: readonly PlannedRecord[];
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
  find: (id: string) => Found | undefined;
}

export interface PlanSources {
  lookup: Lookup;
  ids: Ids;
  options: ImportOptions;
  /** Existing records, for finding the file's by name. */
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
export function* planFile(content: FileContent, sources: PlanSources): Generator<number, Prepared, void> {
  if (content.kind === 'records') return yield* planDocument(content.document, sources);
  const { options, lookup, present } = sources;
  const document = yield* graphDocument(content.graph, options, lookup, present);
  const { root, placeOf, linkId, summary, notices } = document;
  const byName = nodeType.options.filter((type) => type !== 'university');
  const prepared = yield* planImport(root, { ...sources, placeOf, linkId, byName, notices });
  return { ...prepared, graph: { ...summary, matched: prepared.matched } };
}

/** Plans a document; if its records are invalid JSON, parsing it completely gives the error. */
function* planDocument(
  document: Json | IndexedDocument,
  sources: PlanSources,
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
  sources: PlanSources,
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
  const planned = new Planned(lookup);
  const work = { targets, problems, unit, lossUnit };
  let done = claims.count;
  for (const claim of interfacesLast(claims.lists)) {
    const { type, path } = claim;
    const ends = type === 'interface' ? readEnds(claim, work) : null;
    if (type !== 'interface' || ends) {
      const all = readRecord(claim, ends, work);
      // The existing university keeps its spelling.
      const read = claim.sameName
        ? Object.fromEntries(Object.entries(all).filter(([field]) => field !== 'name'))
        : all;
      planned.add(claim, merged(claim, read, targets, problems), path);
    }
    if (++done % recordsAStep === 0) yield done;
  }
  return conclude(planned, {
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
            sections.has(key) && Array.isArray(list) ? [list as readonly Json[]] : [],
          )
        : [];
  return 2 * lists.reduce((sum, { length }) => sum + length, 0);
}

/** The records planned so far. */
class Planned {
  readonly #lookup: Lookup;
  readonly #byType = new Map<EntityType, PlannedRecord[]>(writeOrder.map((type) => [type, []]));
  readonly #links = new NewLinks();
  /** All but new links, which nothing refers to. */
  readonly #byId = new Map<string, PlannedRecord>();
  /** The file's name for a record without an id there. */
  readonly #names = new Map<string, string>();

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  add(
    { type, id, oldId, existing }: Claim,
    { effect, payload }: Omit<Merged, 'cleared'>,
    path: Claim['path'],
  ): void {
    const isNewLink = type === 'interface' && effect === 'create' && !isErased(payload);
    const record = isNewLink
      ? this.#links.add(id, payload, endUniversitiesBy(this.find, payload))
      : { type, id, payload, effect, existing };
    if (!isNewLink) this.#byId.set(id, record);
    this.#byType.get(type)?.push(record);
    if (oldId !== id) this.#names.set(id, oldId ?? jsonPath(path));
  }

  readonly find = (id: string): Found | undefined => this.#byId.get(id) ?? this.#lookup(id);

  records(): PlannedRecord[] {
    return [...this.#byType.values()].flat();
  }

  ids(): Map<TableName, Map<string, string>> {
    const ofType = (type: EntityType) =>
      (this.#byType.get(type) ?? []).map(({ id }) => [this.#names.get(id) ?? id, id] as const);
    return new Map(entityTypes.map((type) => [tableOf[type], new Map(ofType(type))]));
  }
}

// Outside of the generator, whose closures would retain the whole document.
function conclude(planned: Planned, rest: Omit<Prepared, 'records' | 'find' | 'ids'>): Prepared {
  return { ...rest, records: planned.records(), find: planned.find, ids: () => planned.ids() };
}

/** An interface's computed fields come from its ends. */
function* interfacesLast(lists: readonly ListClaims[]): Generator<Claim, void, void> {
  for (const list of lists) if (list.type !== 'interface') yield* list;
  for (const list of lists) if (list.type === 'interface') yield* list;
}
