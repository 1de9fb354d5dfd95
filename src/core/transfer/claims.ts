import { recordId } from '#shared/domain/field.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { idPrefix, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { Ids } from '../kernel/system.ts';
import type { Segment } from './json-path.ts';
import { sections } from './keys.ts';
import type { Problems } from './problems.ts';
import { show } from './problems.ts';

/** What the workspace has under an id, live or deleted. */
export interface Existing {
  type: AuditedType;
  deleted: boolean;
  payload: JsonObject;
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
  /** An id that could not be used, to be kept with the record. */
  unusedId: Json | undefined;
}

export interface Claims {
  /** In the order of the file. */
  list: Claim[];
  byId: Map<string, Claim>;
  /** New ids for old ones that could not be kept. */
  renamed: Map<string, string>;
}

interface Sources {
  root: JsonObject;
  lookup: Lookup;
  ids: Ids;
  problems: Problems;
  /** The exact digits of a number in the file that was too long for JavaScript. */
  exactText: (holder: object, key: Segment) => string | undefined;
}

/**
 * Goes through the lists of a file in its order and settles under which id each record will be: its own when it can be kept,
 * otherwise a new one. The later of two records with one id is left out, and so is one whose id the workspace gives to a
 * record of another type.
 */
export function* claimIds(sources: Sources): Generator<number, Claims, void> {
  const claims: Claims = { list: [], byId: new Map(), renamed: new Map() };
  for (const [table, items] of Object.entries(sources.root)) {
    const type = sections.get(table);
    if (!type) continue;
    const list = items as readonly Json[];
    for (let index = 0; index < list.length; index++) {
      claim(sources, claims, type, list[index] as Json, [table, index]);
      yield claims.list.length;
    }
  }
  return claims;
}

function claim(
  sources: Sources,
  claims: Claims,
  type: EntityType,
  raw: Json,
  path: readonly Segment[],
): void {
  const { problems, lookup } = sources;
  if (!isJsonObject(raw)) {
    problems.add(path, 'wrong_type', 'skipped', `${show(raw)} is no record; it is left out.`);
    return;
  }
  const at = [...path, 'id'];
  const given = Object.hasOwn(raw, 'id') ? raw.id : undefined;
  const oldId = typeof given === 'number' ? (sources.exactText(raw, 'id') ?? String(given)) : textOf(given);
  const usable = oldId !== null && recordId.safeParse(oldId).success;
  if (oldId !== null && (claims.byId.has(oldId) || claims.renamed.has(oldId))) {
    problems.add(
      at,
      'duplicate_id',
      'skipped',
      `The id ${show(oldId)} came before; this record is left out.`,
    );
    return;
  }
  const existing = usable ? lookup(oldId) : undefined;
  if (existing && existing.type !== type) {
    const other = `The workspace has the id ${show(oldId)} in ${tableOf[existing.type]}; this record is left out.`;
    problems.add(at, 'duplicate_id', 'skipped', other);
    return;
  }
  const id = usable ? oldId : `${idPrefix[type]}_${sources.ids.uuid()}`;
  if (!usable) {
    problems.add(at, 'missing_id', 'given', `${missing(given)}; the record gets the id ${show(id)}.`);
    if (oldId !== null) claims.renamed.set(oldId, id);
  } else if (typeof given === 'number') {
    problems.add(at, 'wrong_type', 'converted', `${oldId} is read as the text ${show(oldId)}.`);
  }
  const unusedId = usable || given === null || given === '' ? undefined : (oldId ?? given);
  const made: Claim = { type, id, oldId, raw, path, existing, unusedId };
  claims.list.push(made);
  claims.byId.set(id, made);
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function missing(given: Json | undefined): string {
  return given === undefined || given === null || given === ''
    ? 'There is no id'
    : `${show(given)} cannot be an id`;
}
