import type { ImportOptions } from '#shared/contract/transfer.ts';
import { isRecordId } from '#shared/domain/field.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { idPrefix, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { typesBySection, unitsKey } from '../../model/interchange/keys.ts';
import type { Ids } from '../../kernel/system.ts';
import type { Lookup } from '../record-planner.ts';
import type { ExistingRecord } from '../planned-record.ts';
import type { Problems } from '../problems.ts';
import type { VisibleRecords } from '../table/rows/visible-records.ts';
import { jsonPath } from './parse.ts';
import type { Segment } from './parse.ts';
import { updateLargest } from '../units.ts';
import type { LargestValues } from '../units.ts';
import { IndexedDocument } from './record-blocks.ts';
import type { RecordList } from './record-blocks.ts';

/** The lists of a file by table, in the file's order, and the file's units. */
export interface OpenDocument {
  lists: ReadonlyMap<string, RecordList>;
  units: JsonObject;
}

/**
 * Checks the structure: an object with at least one known list. Throws BAD_FILE with reason not_an_object, list_that_is_no_list or
 * nothing_to_import. Reports unknown sections.
 */
export function openDocument(root: Json | IndexedDocument, problems: Problems): OpenDocument {
  const unitsIn = (value: Json | undefined): JsonObject =>
    value !== undefined && isJsonObject(value) ? value : {};
  if (root instanceof IndexedDocument) return { lists: root.lists, units: unitsIn(root.units) };
  if (Array.isArray(root) && root.length > 0 && root.every((item: Json) => isJsonObject(item)))
    throw fileRefusal('record_list', {}, { path: '$' });
  if (!isJsonObject(root)) {
    throw fileRefusal('not_an_object', { kind: jsonTypeName(root) }, { path: '$' });
  }
  const listsByTable = new Map<string, RecordList>();
  for (const [key, value] of Object.entries(root)) {
    if (key === unitsKey) continue;
    if (!typesBySection.has(key)) {
      problems.add([key], 'unknown_section', 'ignored');
      continue;
    }
    if (Array.isArray(value)) {
      listsByTable.set(key, value as readonly Json[]);
      continue;
    }
    const path = jsonPath([key]);
    throw fileRefusal('list_that_is_no_list', { kind: jsonTypeName(value) }, { path });
  }
  if (listsByTable.size === 0) {
    const lists = [...typesBySection.keys()].join(', ');
    throw fileRefusal('nothing_to_import', { lists }, { path: '$' });
  }
  return { lists: listsByTable, units: unitsIn(root[unitsKey]) };
}

function jsonTypeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object'
    : `a ${typeof value === 'boolean' ? 'yes-or-no value' : typeof value}`;
}

/** A record of the file under its future id. */
export interface Claim {
  type: EntityType;
  id: string;
  /** The id in the file as text; null if the file gives none. */
  oldId: string | null;
  raw: JsonObject;
  path: readonly Segment[];
  /** The workspace's record under that id; always of the same type. */
  existing: ExistingRecord | undefined;
  /** Whether `existing` was found by its name and has another id than the record in the file. */
  isFoundByName: boolean;
  /** The file's id if it cannot be an id, which is kept as a value; undefined otherwise. */
  unusedId: Json | undefined;
}

type IdDecision = Pick<Claim, 'id' | 'oldId' | 'existing' | 'isFoundByName' | 'unusedId'>;

/** The claims of one list. Simple new records need no memory: their claims are made on request. */
export class ListClaims {
  readonly type: EntityType;
  readonly #items: RecordList;
  readonly #pathOf: (index: number) => readonly Segment[];
  /** By index in the list; null for a skipped record. */
  readonly #decisions = new Map<number, IdDecision | null>();

  constructor(type: EntityType, items: RecordList, pathOf: (index: number) => readonly Segment[]) {
    this.type = type;
    this.#items = items;
    this.#pathOf = pathOf;
  }

  decide(index: number, decision: IdDecision | null): void {
    const isPlain =
      decision !== null &&
      decision.id === (this.#items.at(index) as JsonObject).id &&
      decision.existing === undefined &&
      !decision.isFoundByName;
    if (!isPlain) this.#decisions.set(index, decision);
  }

  *[Symbol.iterator](): Generator<Claim, void, void> {
    for (let index = 0; index < this.#items.length; index++) {
      const raw = this.#items.at(index) as JsonObject;
      const decision = this.#decisions.get(index);
      if (decision === null) continue;
      yield {
        ...(decision ?? plainDecision(raw.id as string)),
        type: this.type,
        raw,
        path: this.#pathOf(index),
      };
    }
  }
}

const plainDecision = (id: string): IdDecision => ({
  id,
  oldId: id,
  existing: undefined,
  isFoundByName: false,
  unusedId: undefined,
});

export interface Claims {
  lists: ListClaims[];
  count: number;
  /** Types of records by id, without interfaces. */
  types: Map<string, EntityType>;
  interfaces: Set<string>;
  /** The workspace's records under the file's ids. */
  existing: Map<string, ExistingRecord>;
  /** New ids for ids that could not be kept. */
  newIds: Map<string, string>;
  /** Number of records with the name of an existing record under another id. */
  matchCount: number;
  /** For detecting the units of durations and losses. */
  largest: LargestValues;
  /** All ids of a list, computed on request. */
  fileIdsByType: Map<EntityType, ReadonlySet<string>>;
}

const hasClaim = ({ types, interfaces }: Claims, id: string): boolean => types.has(id) || interfaces.has(id);

interface ClaimSources {
  visible: Pick<VisibleRecords, 'recordsNamed'> | undefined;
  /** Types whose records are found by name, besides universities. */
  namedTypes: readonly EntityType[];
  options: Pick<ImportOptions, 'universities' | 'matching'>;
  lists: OpenDocument['lists'];
  lookup: Lookup;
  ids: Ids;
  problems: Problems;
  /** The path of a record in the file: a JSON path, unless the file is not JSON. */
  pathOf?: ((table: string, index: number) => readonly Segment[]) | undefined;
  /** Decides the id of a graph's link when the ends are known. */
  linkId?: ((id: string, ends: Ends, recordOf: (end: string) => string) => string) | undefined;
}

export const recordsPerYield = 32;

/**
 * Decides the id of each record in order: the id in the file if possible, else a new one. Skips a record whose id is repeated, or belongs
 * to another type in the workspace.
 */
export function* claimIds(sources: ClaimSources): Generator<number, Claims, void> {
  const claims: Claims = {
    lists: [],
    count: 0,
    types: new Map(),
    interfaces: new Set(),
    existing: new Map(),
    newIds: new Map(),
    matchCount: 0,
    largest: { duration: null, shares: new Map() },
    fileIdsByType: new Map(),
  };
  for (const [table, items] of sources.lists) {
    const type = typesBySection.get(table);
    if (!type) continue;
    const pathOf = (index: number) => sources.pathOf?.(table, index) ?? [table, index];
    const list = new ListClaims(type, items, pathOf);
    claims.lists.push(list);
    for (let index = 0; index < items.length; index++) {
      list.decide(index, decideId(sources, claims, type, items.at(index) as Json, pathOf(index)));
      if (index % recordsPerYield === 0) yield claims.count;
    }
  }
  return claims;
}

/** Decides the id of one record; null if the record is skipped. */
function decideId(
  sources: ClaimSources,
  claims: Claims,
  type: EntityType,
  item: Json,
  path: readonly Segment[],
): IdDecision | null {
  const { problems, lookup } = sources;
  if (!isJsonObject(item)) {
    problems.add(path, 'wrong_type', 'skipped', item);
    return null;
  }
  const raw = assignLinkId(sources, claims, type, item);
  const idPath = (): Segment[] => [...path, 'id'];
  const givenId = Object.hasOwn(raw, 'id') ? raw.id : undefined;
  const oldId = typeof givenId === 'number' ? String(givenId) : textOf(givenId);
  const isUsable = oldId !== null && isRecordId(oldId);
  const isRepeated = oldId !== null && (hasClaim(claims, oldId) || claims.newIds.has(oldId));
  const existing = isUsable && !isRepeated ? lookup(oldId) : undefined;
  if (isRepeated || (existing && existing.type !== type)) {
    problems.add(idPath(), 'duplicate_id', 'skipped', oldId);
    return null;
  }
  claims.count += 1;
  updateLargest(claims.largest, type, raw);
  const matchId = existing === undefined ? findByName(sources, claims, type, raw) : null;
  if (matchId !== null) {
    const code = type === 'university' ? 'same_university' : 'same_name';
    problems.add(idPath(), code, 'converted', typeof raw.name === 'string' ? raw.name : undefined);
    if (oldId !== null) claims.newIds.set(oldId, matchId);
    const decision = {
      id: matchId,
      oldId,
      existing: lookup(matchId),
      isFoundByName: true,
      unusedId: undefined,
    };
    return markUsed(claims, type, decision);
  }
  const id = isUsable ? oldId : `${idPrefix[type]}_${sources.ids.uuid()}`;
  if (!isUsable) {
    problems.add(idPath(), 'missing_id', 'given', givenId, id);
    if (oldId !== null) claims.newIds.set(oldId, id);
  } else if (typeof givenId === 'number') {
    problems.add(idPath(), 'wrong_type', 'converted', givenId, oldId);
  }
  const unusedId = isUsable || givenId === null || givenId === '' ? undefined : (oldId ?? givenId);
  return markUsed(claims, type, { id, oldId, existing, isFoundByName: false, unusedId });
}

function markUsed(claims: Claims, type: EntityType, decision: IdDecision): IdDecision {
  const { id, existing } = decision;
  if (type === 'interface') claims.interfaces.add(id);
  else claims.types.set(id, type);
  if (existing) claims.existing.set(id, existing);
  return decision;
}

/** The record itself; an edge of a graph gets its final id. */
function assignLinkId(
  { linkId, problems }: ClaimSources,
  { newIds }: Claims,
  type: EntityType,
  item: JsonObject,
): JsonObject {
  const { id: value, from, to } = item;
  if (!linkId || type !== 'interface') return item;
  if (typeof value !== 'string' || typeof from !== 'string' || typeof to !== 'string') return item;
  const id = linkId(value, { from, to }, (end) => newIds.get(end) ?? end);
  if (id === value) return item;
  problems.notices.add('ids_taken', { params: { value } });
  return { ...item, id };
}

function idsIn({ lists }: ClaimSources, type: EntityType): Set<string> {
  const ids = new Set<string>();
  const list = lists.get(tableOf[type]);
  for (let index = 0; index < (list?.length ?? 0); index++) {
    const item = list?.at(index) ?? null;
    if (isJsonObject(item) && typeof item.id === 'string') ids.add(item.id);
  }
  return ids;
}

/** The id of the existing record that a record updates by its name, else null: if several have the name, or the file has that id too. */
function findByName(sources: ClaimSources, claims: Claims, type: EntityType, raw: JsonObject): string | null {
  const { visible, namedTypes, options, problems } = sources;
  if (typeof raw.name !== 'string' || (type !== 'university' && !namedTypes.includes(type))) return null;
  if (type === 'university' && options.universities === 'new') return null;
  const { name } = raw;
  const candidates = visible?.recordsNamed([type], name) ?? [];
  const university = type === 'university' ? null : textOf(raw.university_id);
  const universityId = university === null ? null : (claims.newIds.get(university) ?? university);
  // A record of another university is a different one.
  const matches = candidates.filter(
    (one) => universityId === null || [universityId, null].includes(one.university),
  );
  const id = matches[0]?.id;
  if (id === undefined || hasClaim(claims, id)) return null;
  const fileIds = claims.fileIdsByType.get(type) ?? idsIn(sources, type);
  claims.fileIdsByType.set(type, fileIds);
  if (fileIds.has(id)) return null;
  if (matches.length > 1) {
    problems.notices.add('name_ambiguous', { params: { value: name } });
    return null;
  }
  if (type === 'university') return id;
  claims.matchCount += 1;
  return options.matching === 'update' ? id : null;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Resolves an id of the file: a record of the file, or a visible one of the workspace. */
export class Targets {
  readonly #claims: Claims;
  readonly #lookup: Lookup;
  readonly #cache = new Map<string, ExistingRecord | undefined>();

  constructor(claims: Claims, lookup: Lookup) {
    this.#claims = claims;
    this.#lookup = lookup;
  }

  /** The id after renaming; null if the value is no id. */
  idIn(value: Json | undefined): string | null {
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string' || value === '') return null;
    return this.#claims.newIds.get(value) ?? value;
  }

  /** The type of an id after the import, or null. */
  typeOf(id: string): EntityType | null {
    const { types, interfaces } = this.#claims;
    return types.get(id) ?? (interfaces.has(id) ? 'interface' : this.typeInWorkspace(id));
  }

  /** The type of a visible record of the workspace, or null. */
  typeInWorkspace(id: string): EntityType | null {
    const found = this.findExisting(id);
    return found && !found.deleted && !found.hidden && isEntityType(found.type) ? found.type : null;
  }

  findExisting(id: string): ExistingRecord | undefined {
    const claimed = this.#claims.existing.get(id);
    if (claimed || hasClaim(this.#claims, id)) return claimed;
    if (!this.#cache.has(id)) this.#cache.set(id, this.#lookup(id));
    return this.#cache.get(id);
  }
}

export interface Ends {
  from: string;
  to: string;
}

export interface EndContext {
  targets: Targets;
  problems: Problems;
}

/** The ids of an interface's ends. Null, with a problem, if an end is missing or an interface, or if both are the same. */
export function readEnds(claim: Claim, context: EndContext): Ends | null {
  const from = endOf(claim, 'from', context);
  const to = from === null ? null : endOf(claim, 'to', context);
  if (from === null || to === null) return null;
  if (from !== to) return { from, to };
  context.problems.add(claim.path, 'self_interface', 'skipped', from);
  return null;
}

function endOf(claim: Claim, side: 'from' | 'to', context: EndContext): string | null {
  const { targets, problems } = context;
  const key = keyInFile(claim.raw, side);
  const value = claim.raw[key];
  const path = [...claim.path, key];
  const id = targets.idIn(value);
  const type = id === null ? null : targets.typeOf(id);
  if (id !== null && type !== null && type !== 'interface') {
    if (typeof value === 'number') problems.add(path, 'wrong_type', 'converted', value, id);
    return id;
  }
  problems.add(path, 'dangling_end', 'skipped', value);
  return null;
}

/** The file's spelling of an end's field. */
function keyInFile(raw: JsonObject, side: 'from' | 'to'): string {
  const names = [side, `${side}_entity`];
  return names.find((key) => Object.hasOwn(raw, key) && raw[key] !== null && raw[key] !== '') ?? side;
}
