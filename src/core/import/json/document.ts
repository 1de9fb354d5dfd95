import type { ImportOptions } from '#shared/contract/transfer.ts';
import { recordId } from '#shared/domain/field.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { idPrefix, isEntityType } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { refusal } from '../../kernel/files/refusal.ts';
import { sections, unitsKey } from '../../model/interchange/keys.ts';
import type { Ids } from '../../kernel/system.ts';
import type { Existing } from '../merge.ts';
import type { Problems } from '../problems.ts';
import type { Present } from '../table/present.ts';
import { jsonPath } from './parse.ts';
import type { Segment } from './parse.ts';

/**
 * Checks the outer form: an object with at least one list that is known, and what should be lists is. Throws BAD_FILE with
 * reason not_an_object, list_that_is_no_list or nothing_to_import. Notes sections that are not known.
 */
export function openDocument(root: Json, problems: Problems): JsonObject {
  if (!isJsonObject(root)) {
    throw refusal(
      'not_an_object',
      `The file holds ${kindOf(root)} where an object with lists of records is expected.`,
      { path: '$' },
    );
  }
  let known = 0;
  for (const [key, value] of Object.entries(root)) {
    if (key === unitsKey) continue;
    if (!sections.has(key)) {
      problems.add([key], 'unknown_section', 'ignored');
      continue;
    }
    known += 1;
    if (Array.isArray(value)) continue;
    const path = jsonPath([key]);
    throw refusal('list_that_is_no_list', `${path} should be a list of records and is ${kindOf(value)}.`, {
      path,
    });
  }
  if (known === 0) {
    const lists = [...sections.keys()].join(', ');
    throw refusal('nothing_to_import', `The file has no lists to import: ${lists}.`, {
      path: '$',
    });
  }
  return root;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object'
    : `a ${typeof value === 'boolean' ? 'yes-or-no value' : typeof value}`;
}

/** Finds what the workspace has under an id, whatever its type. */
export type Lookup = (id: string) => Existing | undefined;

/** One record of the file that will be imported, under the id it will have. */
export interface Claim {
  type: EntityType;
  id: string;
  /** The id that the file gives it, as text; null when it gives none. */
  oldId: string | null;
  raw: JsonObject;
  path: readonly Segment[];
  /** What the workspace has under that id; always of the same type. */
  existing: Existing | undefined;
  /** A record that is here under another id and the same name. */
  sameName: boolean;
  /** An id that could not be used, to be kept with the record. */
  unusedId: Json | undefined;
}

export interface Claims {
  list: Claim[];
  byId: Map<string, Claim>;
  /** New ids for old ones that could not be kept. */
  renamed: Map<string, string>;
  /** Records with the name of one that is here under another id. */
  matched: number;
  /** All ids of the file, once somebody asked for them. */
  inFile?: Set<string>;
}

interface Sources {
  present: Pick<Present, 'called'> | undefined;
  /** Types whose records are found by name, besides universities. */
  byName: readonly EntityType[];
  options: Pick<ImportOptions, 'universities' | 'matching'>;
  root: JsonObject;
  lookup: Lookup;
  ids: Ids;
  problems: Problems;
  /** Where in the file a record stands; as a JSON path unless the file is no JSON. */
  placeOf?: ((table: string, index: number) => readonly Segment[]) | undefined;
  /** The id of a link of a graph, once the ids of its ends are settled. */
  linkId?: ((id: string, ends: Ends, recordOf: (end: string) => string) => string) | undefined;
}

/**
 * Goes through the lists of a file in its order and settles under which id each record will be: its own when it can be kept,
 * otherwise a new one. The later of two records with one id is left out, and so is one whose id the workspace gives to a
 * record of another type.
 */
export function* claimIds(sources: Sources): Generator<number, Claims, void> {
  const claims: Claims = { list: [], byId: new Map(), renamed: new Map(), matched: 0 };
  for (const [table, items] of Object.entries(sources.root)) {
    const type = sections.get(table);
    if (!type) continue;
    const list = items as readonly Json[];
    for (let index = 0; index < list.length; index++) {
      const place = sources.placeOf?.(table, index) ?? [table, index];
      claim(sources, claims, type, list[index] as Json, place);
      yield claims.list.length;
    }
  }
  return claims;
}

function claim(
  sources: Sources,
  claims: Claims,
  type: EntityType,
  item: Json,
  path: readonly Segment[],
): void {
  const { problems, lookup } = sources;
  if (!isJsonObject(item)) {
    problems.add(path, 'wrong_type', 'skipped', item);
    return;
  }
  const raw = withLinkId(sources, claims, type, item);
  const at = [...path, 'id'];
  const given = Object.hasOwn(raw, 'id') ? raw.id : undefined;
  const oldId = typeof given === 'number' ? String(given) : textOf(given);
  const usable = oldId !== null && recordId.safeParse(oldId).success;
  if (oldId !== null && (claims.byId.has(oldId) || claims.renamed.has(oldId))) {
    problems.add(at, 'duplicate_id', 'skipped', oldId);
    return;
  }
  const existing = usable ? lookup(oldId) : undefined;
  if (existing && existing.type !== type) {
    problems.add(at, 'duplicate_id', 'skipped', oldId);
    return;
  }
  const same = existing === undefined ? sameRecord(sources, claims, type, raw) : null;
  if (same !== null) {
    const code = type === 'university' ? 'same_university' : 'same_name';
    problems.add(at, code, 'converted', typeof raw.name === 'string' ? raw.name : undefined);
    if (oldId !== null) claims.renamed.set(oldId, same);
    const made = {
      type,
      id: same,
      oldId,
      raw,
      path,
      existing: lookup(same),
      sameName: true,
      unusedId: undefined,
    };
    claims.list.push(made);
    claims.byId.set(same, made);
    return;
  }
  const id = usable ? oldId : `${idPrefix[type]}_${sources.ids.uuid()}`;
  if (!usable) {
    problems.add(at, 'missing_id', 'given', given, id);
    if (oldId !== null) claims.renamed.set(oldId, id);
  } else if (typeof given === 'number') {
    problems.add(at, 'wrong_type', 'converted', given, oldId);
  }
  const unusedId = usable || given === null || given === '' ? undefined : (oldId ?? given);
  const made: Claim = { type, id, oldId, raw, path, existing, sameName: false, unusedId };
  claims.list.push(made);
  claims.byId.set(id, made);
}

/** An edge of a graph with the id of its link; any other record as it is. */
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

/** All ids that a file gives its records. */
function idsIn(root: JsonObject): Set<string> {
  const lists = [...sections.keys()].flatMap((table) => (root[table] ?? []) as readonly Json[]);
  return new Set(lists.flatMap((one) => (isJsonObject(one) && typeof one.id === 'string' ? [one.id] : [])));
}

/** The id of the one record that is here by the name of one of the file, unless the file has that id itself. */
function sameRecord(sources: Sources, claims: Claims, type: EntityType, raw: JsonObject): string | null {
  const { present, byName, root, options, problems } = sources;
  if (typeof raw.name !== 'string' || (type !== 'university' && !byName.includes(type))) return null;
  if (type === 'university' && options.universities === 'new') return null;
  const { name } = raw;
  const called = present?.called([type], name) ?? [];
  const university = type === 'university' ? null : textOf(raw.university_id);
  const wanted = university === null ? null : (claims.renamed.get(university) ?? university);
  // A record of another university is another one, whatever it is called.
  const found = called.filter((one) => wanted === null || [wanted, null].includes(one.university));
  const id = found[0]?.id;
  if (id === undefined || claims.byId.has(id)) return null;
  claims.inFile ??= idsIn(root);
  if (claims.inFile.has(id)) return null;
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

/** Finds out what an id of the file names: a record of the file, or one that lives in the workspace. */
export class Targets {
  readonly #claims: Claims;
  readonly #lookup: Lookup;
  readonly #asked = new Map<string, Existing | undefined>();

  constructor(claims: Claims, lookup: Lookup) {
    this.#claims = claims;
    this.#lookup = lookup;
  }

  /** The id that a value means, after the renaming of ids that could not be kept; null when it means none. */
  idIn(value: Json | undefined): string | null {
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string' || value === '') return null;
    return this.#claims.renamed.get(value) ?? value;
  }

  /** The type of the record with that id once the file is in, or null when there will be none. */
  typeOf(id: string): EntityType | null {
    return this.#claims.byId.get(id)?.type ?? this.typeInWorkspace(id);
  }

  /** The type of the live record that the workspace has under that id, or null. */
  typeInWorkspace(id: string): EntityType | null {
    const found = this.existing(id);
    return found && !found.deleted && !found.hidden && isEntityType(found.type) ? found.type : null;
  }

  existing(id: string): Existing | undefined {
    const claim = this.#claims.byId.get(id);
    if (claim) return claim.existing;
    if (!this.#asked.has(id)) this.#asked.set(id, this.#lookup(id));
    return this.#asked.get(id);
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

/**
 * The ids of an interface's two ends, each a record of the file or one that lives in the workspace. Null when the interface
 * must be left out, which has been noted then: an end is nowhere, or is an interface itself, or both ends are the same.
 */
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

/** The spelling under which the file gives an end: its own, or the other when its own says nothing. */
function spelledKey(raw: JsonObject, side: 'from' | 'to'): string {
  const names = [side, `${side}_entity`];
  return names.find((key) => Object.hasOwn(raw, key) && raw[key] !== null && raw[key] !== '') ?? side;
}
