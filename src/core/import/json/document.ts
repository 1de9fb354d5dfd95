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
import type { Existing } from '../planned-record.ts';
import type { Problems } from '../problems.ts';
import type { Present } from '../table/present.ts';
import { jsonPath } from './parse.ts';
import type { Segment } from './parse.ts';
import { noteFigures } from '../units.ts';
import type { Figures } from '../units.ts';
import { IndexedDocument } from './record-blocks.ts';
import type { RecordList } from './record-blocks.ts';

/** The lists of a file by table, in its order, and its units. */
export interface OpenDocument {
  lists: ReadonlyMap<string, RecordList>;
  units: JsonObject;
}

/**
 * Checks the structure: an object with at least one known list. Throws BAD_FILE with reason not_an_object, list_that_is_no_list or
 * nothing_to_import. Reports unknown sections.
 */
export function openDocument(root: Json | IndexedDocument, problems: Problems): OpenDocument {
  const units = (value: Json | undefined): JsonObject =>
    value !== undefined && isJsonObject(value) ? value : {};
  if (root instanceof IndexedDocument) return { lists: root.lists, units: units(root.units) };
  if (!isJsonObject(root)) {
    throw fileRefusal('not_an_object', { kind: kindOf(root) }, { path: '$' });
  }
  const known = new Map<string, RecordList>();
  for (const [key, value] of Object.entries(root)) {
    if (key === unitsKey) continue;
    if (!typesBySection.has(key)) {
      problems.add([key], 'unknown_section', 'ignored');
      continue;
    }
    if (Array.isArray(value)) {
      known.set(key, value as readonly Json[]);
      continue;
    }
    const path = jsonPath([key]);
    throw fileRefusal('list_that_is_no_list', { kind: kindOf(value) }, { path });
  }
  if (known.size === 0) {
    const lists = [...typesBySection.keys()].join(', ');
    throw fileRefusal('nothing_to_import', { lists }, { path: '$' });
  }
  return { lists: known, units: units(root[unitsKey]) };
}

function kindOf(value: Json): string {
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
  /** The file's id as text; null if it gives none. */
  oldId: string | null;
  raw: JsonObject;
  path: readonly Segment[];
  /** The workspace's record under that id; always of the same type. */
  existing: Existing | undefined;
  /** An existing record of the same name with another id. */
  sameName: boolean;
  unusedId: Json | undefined;
}

/** The decision about a record. */
type Settled = Pick<Claim, 'id' | 'oldId' | 'existing' | 'sameName' | 'unusedId'>;

/** The claims of one list. Simple new records need no memory: their claims are made on request. */
export class ListClaims {
  readonly type: EntityType;
  readonly #items: RecordList;
  readonly #placeOf: (index: number) => readonly Segment[];
  /** By index in the list; null for a skipped record. */
  readonly #settled = new Map<number, Settled | null>();

  constructor(type: EntityType, items: RecordList, placeOf: (index: number) => readonly Segment[]) {
    this.type = type;
    this.#items = items;
    this.#placeOf = placeOf;
  }

  settle(index: number, settled: Settled | null): void {
    const isPlain =
      settled !== null &&
      settled.id === (this.#items.at(index) as JsonObject).id &&
      settled.existing === undefined &&
      !settled.sameName;
    if (!isPlain) this.#settled.set(index, settled);
  }

  *[Symbol.iterator](): Generator<Claim, void, void> {
    for (let index = 0; index < this.#items.length; index++) {
      const raw = this.#items.at(index) as JsonObject;
      const settled = this.#settled.get(index);
      if (settled === null) continue;
      yield { ...(settled ?? plainly(raw.id as string)), type: this.type, raw, path: this.#placeOf(index) };
    }
  }
}

const plainly = (id: string): Settled => ({
  id,
  oldId: id,
  existing: undefined,
  sameName: false,
  unusedId: undefined,
});

export interface Claims {
  lists: ListClaims[];
  /** The number of records to import. */
  count: number;
  /** Types of records by id, without interfaces. */
  types: Map<string, EntityType>;
  interfaces: Set<string>;
  /** The workspace's records under the file's ids. */
  existing: Map<string, Existing>;
  /** New ids for ids that could not be kept. */
  renamed: Map<string, string>;
  /** Records with the name of an existing one under another id. */
  matched: number;
  /** For detecting the units of durations and losses. */
  figures: Figures;
  /** All ids of a list, computed on request. */
  inFile: Map<EntityType, ReadonlySet<string>>;
}

const hasClaim = ({ types, interfaces }: Claims, id: string): boolean => types.has(id) || interfaces.has(id);

interface Sources {
  present: Pick<Present, 'called'> | undefined;
  /** Types whose records are found by name, besides universities. */
  byName: readonly EntityType[];
  options: Pick<ImportOptions, 'universities' | 'matching'>;
  lists: OpenDocument['lists'];
  lookup: Lookup;
  ids: Ids;
  problems: Problems;
  /** The place of a record: a JSON path, unless the file is not JSON. */
  placeOf?: ((table: string, index: number) => readonly Segment[]) | undefined;
  /** The id of a graph's link, once its ends are known. */
  linkId?: ((id: string, ends: Ends, recordOf: (end: string) => string) => string) | undefined;
}

/** Records between two yields. */
export const recordsAStep = 32;

/**
 * Decides the id of each record in order: its own if possible, else a new one. Skips a record whose id is repeated, or belongs to another
 * type in the workspace.
 */
export function* claimIds(sources: Sources): Generator<number, Claims, void> {
  const claims: Claims = {
    lists: [],
    count: 0,
    types: new Map(),
    interfaces: new Set(),
    existing: new Map(),
    renamed: new Map(),
    matched: 0,
    figures: { duration: null, loss: null },
    inFile: new Map(),
  };
  for (const [table, items] of sources.lists) {
    const type = typesBySection.get(table);
    if (!type) continue;
    const placeOf = (index: number) => sources.placeOf?.(table, index) ?? [table, index];
    const list = new ListClaims(type, items, placeOf);
    claims.lists.push(list);
    for (let index = 0; index < items.length; index++) {
      list.settle(index, claim(sources, claims, type, items.at(index) as Json, placeOf(index)));
      if (index % recordsAStep === 0) yield claims.count;
    }
  }
  return claims;
}

/** Null if skipped. */
function claim(
  sources: Sources,
  claims: Claims,
  type: EntityType,
  item: Json,
  path: readonly Segment[],
): Settled | null {
  const { problems, lookup } = sources;
  if (!isJsonObject(item)) {
    problems.add(path, 'wrong_type', 'skipped', item);
    return null;
  }
  const raw = withLinkId(sources, claims, type, item);
  const at = (): Segment[] => [...path, 'id'];
  const given = Object.hasOwn(raw, 'id') ? raw.id : undefined;
  const oldId = typeof given === 'number' ? String(given) : textOf(given);
  const usable = oldId !== null && isRecordId(oldId);
  const isTwice = oldId !== null && (hasClaim(claims, oldId) || claims.renamed.has(oldId));
  const existing = usable && !isTwice ? lookup(oldId) : undefined;
  if (isTwice || (existing && existing.type !== type)) {
    problems.add(at(), 'duplicate_id', 'skipped', oldId);
    return null;
  }
  claims.count += 1;
  noteFigures(claims.figures, type, raw);
  const same = existing === undefined ? sameRecord(sources, claims, type, raw) : null;
  if (same !== null) {
    const code = type === 'university' ? 'same_university' : 'same_name';
    problems.add(at(), code, 'converted', typeof raw.name === 'string' ? raw.name : undefined);
    if (oldId !== null) claims.renamed.set(oldId, same);
    const settled = { id: same, oldId, existing: lookup(same), sameName: true, unusedId: undefined };
    return taken(claims, type, settled);
  }
  const id = usable ? oldId : `${idPrefix[type]}_${sources.ids.uuid()}`;
  if (!usable) {
    problems.add(at(), 'missing_id', 'given', given, id);
    if (oldId !== null) claims.renamed.set(oldId, id);
  } else if (typeof given === 'number') {
    problems.add(at(), 'wrong_type', 'converted', given, oldId);
  }
  const unusedId = usable || given === null || given === '' ? undefined : (oldId ?? given);
  return taken(claims, type, { id, oldId, existing, sameName: false, unusedId });
}

/** Marks an id as used. */
function taken(claims: Claims, type: EntityType, settled: Settled): Settled {
  const { id, existing } = settled;
  if (type === 'interface') claims.interfaces.add(id);
  else claims.types.set(id, type);
  if (existing) claims.existing.set(id, existing);
  return settled;
}

/** An edge of a graph with its id; other records unchanged. */
function withLinkId(
  { linkId, problems }: Sources,
  { renamed }: Claims,
  type: EntityType,
  item: JsonObject,
): JsonObject {
  const { id: value, from, to } = item;
  if (!linkId || type !== 'interface') return item;
  if (typeof value !== 'string' || typeof from !== 'string' || typeof to !== 'string') return item;
  const id = linkId(value, { from, to }, (end) => renamed.get(end) ?? end);
  if (id === value) return item;
  problems.notices.add('ids_taken', { params: { value } });
  return { ...item, id };
}

function idsIn({ lists }: Sources, type: EntityType): Set<string> {
  const found = new Set<string>();
  const list = lists.get(tableOf[type]);
  for (let index = 0; index < (list?.length ?? 0); index++) {
    const item = list?.at(index) ?? null;
    if (isJsonObject(item) && typeof item.id === 'string') found.add(item.id);
  }
  return found;
}

/** The id of the only existing record with a record's name, unless the file has that id too. */
function sameRecord(sources: Sources, claims: Claims, type: EntityType, raw: JsonObject): string | null {
  const { present, byName, options, problems } = sources;
  if (typeof raw.name !== 'string' || (type !== 'university' && !byName.includes(type))) return null;
  if (type === 'university' && options.universities === 'new') return null;
  const { name } = raw;
  const called = present?.called([type], name) ?? [];
  const university = type === 'university' ? null : textOf(raw.university_id);
  const universityId = university === null ? null : (claims.renamed.get(university) ?? university);
  // A record of another university is a different one.
  const found = called.filter(
    (one) => universityId === null || [universityId, null].includes(one.university),
  );
  const id = found[0]?.id;
  if (id === undefined || hasClaim(claims, id)) return null;
  const inFile = claims.inFile.get(type) ?? idsIn(sources, type);
  claims.inFile.set(type, inFile);
  if (inFile.has(id)) return null;
  if (found.length > 1) {
    problems.notices.add('name_ambiguous', { params: { value: name } });
    return null;
  }
  if (type === 'university') return id;
  claims.matched += 1;
  return options.matching === 'update' ? id : null;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Resolves an id of the file: a record of the file, or a live one of the workspace. */
export class Targets {
  readonly #claims: Claims;
  readonly #lookup: Lookup;
  readonly #looked = new Map<string, Existing | undefined>();

  constructor(claims: Claims, lookup: Lookup) {
    this.#claims = claims;
    this.#lookup = lookup;
  }

  /** The id after renaming; null if it names nothing. */
  idIn(value: Json | undefined): string | null {
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string' || value === '') return null;
    return this.#claims.renamed.get(value) ?? value;
  }

  /** The type of an id after the import, or null. */
  typeOf(id: string): EntityType | null {
    const { types, interfaces } = this.#claims;
    return types.get(id) ?? (interfaces.has(id) ? 'interface' : this.typeInWorkspace(id));
  }

  /** The type of a live record, or null. */
  typeInWorkspace(id: string): EntityType | null {
    const found = this.existing(id);
    return found && !found.deleted && !found.hidden && isEntityType(found.type) ? found.type : null;
  }

  existing(id: string): Existing | undefined {
    const here = this.#claims.existing.get(id);
    if (here || hasClaim(this.#claims, id)) return here;
    if (!this.#looked.has(id)) this.#looked.set(id, this.#lookup(id));
    return this.#looked.get(id);
  }
}

export interface Ends {
  from: string;
  to: string;
}

export interface EndWork {
  targets: Targets;
  problems: Problems;
}

/** The ids of an interface's ends. Null, with a problem, if it must be skipped: an end is missing or an interface, or both are the same. */
export function readEnds(claim: Claim, work: EndWork): Ends | null {
  const from = endOf(claim, 'from', work);
  const to = from === null ? null : endOf(claim, 'to', work);
  if (from === null || to === null) return null;
  if (from !== to) return { from, to };
  work.problems.add(claim.path, 'self_interface', 'skipped', from);
  return null;
}

function endOf(claim: Claim, side: 'from' | 'to', work: EndWork): string | null {
  const { targets, problems } = work;
  const key = spelledKey(claim.raw, side);
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
function spelledKey(raw: JsonObject, side: 'from' | 'to'): string {
  const names = [side, `${side}_entity`];
  return names.find((key) => Object.hasOwn(raw, key) && raw[key] !== null && raw[key] !== '') ?? side;
}
