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

/** A record of the file over what is here; the kind of a link that the file moves follows its ends. */
function merged(
  claim: Claim,
  said: JsonObject,
  targets: Targets,
  problems: Problems,
): Omit<Merged, 'cleared'> {
  const { type, existing, path } = claim;
  if (!existing) return { effect: 'create', payload: said };
  const laid = laidOver(existing.payload, said);
  // What the file lacks and the workspace has not either is not made up.
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

/** All that an import will do, worked out before anything is written. */
export interface Prepared {
  records: readonly PlannedRecord[];
  /** New ids by the file's, for each table; a record without an id stands under its path. */
  ids: () => ReadonlyMap<TableName, ReadonlyMap<string, string>>;
  duration_unit: ImportPlan['duration_unit'];
  loss_unit: ImportPlan['loss_unit'];
  asks_loss_unit: boolean;
  problems: Problems;
  /** What the file is as a graph; null where it is none. */
  graph: ImportPlan['graph'];
  /** Records of a graph with the name of one that is here under another id. */
  matched: number;
  find: (id: string) => Found | undefined;
}

export interface PlanSources {
  lookup: Lookup;
  ids: Ids;
  options: ImportOptions;
  /** The records that are here, for finding those of the file by name. */
  present?: Pick<Present, 'called'>;
  placeOf?: GraphDocument['placeOf'];
  linkId?: GraphDocument['linkId'];
  /** Types whose records are found by name, besides universities. */
  byName?: readonly EntityType[];
  notices?: Notices;
}

/** What a file says, however it is written: records in lists, or a graph. */
export type FileContent =
  | { kind: 'records'; document: Json | IndexedDocument }
  | { kind: 'graph'; graph: Graph };

/** Works out what importing a file means, as `planImport` does for the document that its content comes to. */
export function* planFile(content: FileContent, sources: PlanSources): Generator<number, Prepared, void> {
  if (content.kind === 'records') return yield* planDocument(content.document, sources);
  const { options, lookup, present } = sources;
  const document = yield* graphDocument(content.graph, options, lookup, present);
  const { root, placeOf, linkId, summary, notices } = document;
  const byName = nodeType.options.filter((type) => type !== 'university');
  const prepared = yield* planImport(root, { ...sources, placeOf, linkId, byName, notices });
  return { ...prepared, graph: { ...summary, matched: prepared.matched } };
}

/** Plans a document; where its records turn out to be no JSON, reading it as a whole says why. */
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

/** Throws INVALID where it is not decided whether nodes of a graph are the records here that have their names. */
export function refuseUndecided({ graph }: Pick<Prepared, 'graph'>, { matching }: ImportOptions): void {
  if (!graph || graph.matched === 0 || matching !== 'ask') return;
  const message = `${graph.matched} nodes have the name of an existing record. Use --matching update or create`;
  throw new Fault('INVALID', { issues: [{ path: 'matching', code: 'undecided', message }] });
}

/** How many steps `planFile` takes at most: each record is looked at twice. */
export function fileSteps(content: FileContent): number {
  if (content.kind === 'records') return planSteps(content.document);
  return 2 * (content.graph.nodes.length + content.graph.edges.length);
}

/**
 * Works out what importing a document into a workspace means. Nothing is lost: what cannot be kept as it is becomes a problem
 * that says what will be done. Yields the steps done, of `planSteps`; what it returns does not hold on to the document. Throws
 * BAD_FILE when the document has not the outer form of frames-json.
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
      // The university that is here keeps its own writing of the name.
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

/** The records that are planned so far. */
class Planned {
  readonly #lookup: Lookup;
  readonly #byType = new Map<EntityType, PlannedRecord[]>(writeOrder.map((type) => [type, []]));
  readonly #links = new NewLinks();
  /** All but new links, which nothing refers to. */
  readonly #byId = new Map<string, PlannedRecord>();
  /** What the file calls a record, where that is not its id. */
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

// Outside of the generator, whose variables a function made inside it would keep alive: the whole document with them.
function conclude(planned: Planned, rest: Omit<Prepared, 'records' | 'find' | 'ids'>): Prepared {
  return { ...rest, records: planned.records(), find: planned.find, ids: () => planned.ids() };
}

/** What is computed for an interface comes from its ends, which must be known by then. */
function* interfacesLast(lists: readonly ListClaims[]): Generator<Claim, void, void> {
  for (const list of lists) if (list.type !== 'interface') yield* list;
  for (const list of lists) if (list.type === 'interface') yield* list;
}
