import { Fault } from '#shared/contract/faults.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { nodeType } from '#shared/contract/network.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType, TableName } from '#shared/domain/types.ts';
import { followingKind, withKind } from '../../model/link-kind.ts';
import { sections, unitsKey, writeOrder } from '../../model/interchange/keys.ts';
import type { Ids } from '../../kernel/system.ts';
import { laidOver, mergeRecord } from '../merge.ts';
import type { Merged, PlannedRecord } from '../merge.ts';
import { graphDocument } from '../graph/document.ts';
import type { GraphDocument } from '../graph/document.ts';
import type { Graph } from '../graph/graph.ts';
import type { Notices } from '../notices.ts';
import { Problems } from '../problems.ts';
import type { Present } from '../table/present.ts';
import { Targets, claimIds, openDocument, readEnds } from './document.ts';
import type { Claim, Lookup } from './document.ts';
import { jsonPath } from './parse.ts';
import { decideLossUnit, decideUnit, readRecord } from './record.ts';

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
  ids: ReadonlyMap<TableName, ReadonlyMap<string, string>>;
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
export type FileContent = { kind: 'records'; document: Json } | { kind: 'graph'; graph: Graph };

/** Works out what importing a file means, as `planImport` does for the document that its content comes to. */
export function* planFile(content: FileContent, sources: PlanSources): Generator<number, Prepared, void> {
  if (content.kind === 'records') return yield* planImport(content.document, sources);
  const { options, lookup, present } = sources;
  const document = yield* graphDocument(content.graph, options, lookup, present);
  const { root, placeOf, linkId, summary, notices } = document;
  const byName = nodeType.options.filter((type) => type !== 'university');
  const prepared = yield* planImport(root, { ...sources, placeOf, linkId, byName, notices });
  return { ...prepared, graph: { ...summary, matched: prepared.matched } };
}

/** Throws INVALID where it is not decided whether nodes of a graph are the records here that have their names. */
export function refuseUndecided({ graph }: Pick<Prepared, 'graph'>, { matching }: ImportOptions): void {
  if (!graph || graph.matched === 0 || matching !== 'ask') return;
  const message = `${graph.matched} nodes have the name of an existing record. Use --matching update or create. Nothing was changed.`;
  throw new Fault('INVALID', message, { issues: [{ path: 'matching', code: 'undecided', message }] });
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
export function* planImport(parsed: Json, sources: PlanSources): Generator<number, Prepared, void> {
  const problems = new Problems();
  problems.notices.addAll(sources.notices?.list() ?? []);
  const root = openDocument(parsed, problems);
  const { lookup } = sources;
  const claims = yield* claimIds({
    root,
    lookup,
    ids: sources.ids,
    problems,
    placeOf: sources.placeOf,
    linkId: sources.linkId,
    present: sources.present,
    byName: sources.byName ?? [],
    options: sources.options,
  });
  const targets = new Targets(claims, lookup);
  const units = isJsonObject(root[unitsKey]) ? root[unitsKey] : {};
  const { duration_unit, loss_unit } = sources.options;
  const unit = decideUnit(claims.list, units.durations === 'years' ? 'years' : duration_unit);
  const isPercent = units.losses === 'percent';
  const lossUnit = decideLossUnit(claims.list, isPercent ? 'percent' : loss_unit);
  const records = new Map<string, PlannedRecord>();
  const work = { targets, problems, unit, lossUnit };
  const ids = new Map<TableName, Map<string, string>>(entityTypes.map((type) => [tableOf[type], new Map()]));
  let done = claims.list.length;
  for (const claim of interfacesLast(claims.list)) {
    const { type, id, oldId, existing, path } = claim;
    const ends = type === 'interface' ? readEnds(claim, work) : null;
    if (type !== 'interface' || ends) {
      const all = readRecord(claim, ends, work);
      // The university that is here keeps its own writing of the name.
      const read = claim.sameName
        ? Object.fromEntries(Object.entries(all).filter(([field]) => field !== 'name'))
        : all;
      const { effect, payload } = merged(claim, read, targets, problems);
      records.set(id, { type, id, payload, effect, existing });
      ids.get(tableOf[type])?.set(oldId ?? jsonPath(path), id);
    }
    yield ++done;
  }
  return conclude(
    records,
    {
      ids,
      duration_unit: unit.unit,
      loss_unit: lossUnit.unit,
      asks_loss_unit: lossUnit.ambiguous && !isPercent,
      problems,
      graph: null,
      matched: claims.matched,
    },
    lookup,
  );
}

function planSteps(value: Json): number {
  if (!isJsonObject(value)) return 0;
  const lengths = Object.entries(value).map(([key, list]) =>
    sections.has(key) && Array.isArray(list) ? list.length : 0,
  );
  return 2 * lengths.reduce((sum, length) => sum + length, 0);
}

// Outside of the generator, whose variables a function made inside it would keep alive: the whole document with them.
function conclude(
  records: ReadonlyMap<string, PlannedRecord>,
  rest: Omit<Prepared, 'records' | 'find'>,
  lookup: Lookup,
): Prepared {
  const byType = new Map<EntityType, PlannedRecord[]>(writeOrder.map((type) => [type, []]));
  for (const record of records.values()) byType.get(record.type)?.push(record);
  return { ...rest, records: [...byType.values()].flat(), find: finder(records, lookup) };
}

function finder(records: ReadonlyMap<string, PlannedRecord>, lookup: Lookup): Prepared['find'] {
  return (id) => records.get(id) ?? lookup(id);
}

/** What is computed for an interface comes from its ends, which must be known by then. */
function interfacesLast(claims: readonly Claim[]): readonly Claim[] {
  const isLast = ({ type }: Claim): boolean => type === 'interface';
  return [...claims.filter((claim) => !isLast(claim)), ...claims.filter(isLast)];
}
