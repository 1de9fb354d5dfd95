import { contradictsBond } from '#shared/domain/interfaces.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { nameField } from '#shared/domain/title.ts';
import { asideKey, durationKey, keyTables, verbatimKey } from '../../model/interchange/keys.ts';
import { asPercent } from '../units.ts';
import { listReferences, referenceFields } from '../record-planner.ts';
import type { ProblemAction, ProblemCode, Problems } from '../problems.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Claim, Ends, Targets } from './document.ts';
import { setMember } from './parse.ts';
import type { Members } from './parse.ts';
import { durationIn } from '../units.ts';
import type { DurationUnit, LossUnit } from '../units.ts';
import { fieldReaders, readReference, readReferences } from './values.ts';
import type { Reading } from './values.ts';

/** A duration in months, rounded; infinite if it is too large. */
export function inMonths(value: number, unit: 'years' | 'months'): number {
  if (unit === 'months') return value;
  const months = value * 12;
  const rounded = Math.round(months * 1e6) / 1e6;
  return Number.isFinite(rounded) ? rounded : months;
}

/** The context for reading the records of one file. */
export interface RecordWork {
  targets: Targets;
  problems: Problems;
  unit: DurationUnit;
  lossUnit: LossUnit;
}

/** One field of the file with its name there. */
interface Source {
  key: string;
  value: Json;
}

/** The payload of one record, with values that fit no field under `imported_values`. */
export function readRecord(claim: Claim, ends: Ends | null, work: RecordWork): JsonObject {
  return new RecordReader(claim, ends, work).read();
}

/** Whether every field of a record has one name, converted. */
function isSpelledOnce(type: EntityType, raw: JsonObject): boolean {
  if (Object.hasOwn(raw, verbatimKey)) return false;
  const { toOurs } = keyTables[type];
  if (toOurs.size === 0) return true;
  const found: string[] = [];
  for (const key of Object.keys(raw)) {
    const field = toOurs.get(key);
    if (field === undefined) continue;
    if (found.includes(field)) return false;
    found.push(field);
  }
  return true;
}

class RecordReader {
  readonly #claim: Claim;
  readonly #ends: Ends | null;
  readonly #work: RecordWork;
  readonly #payload: Members = {};
  readonly #aside = new Map<string, Json>();

  constructor(claim: Claim, ends: Ends | null, work: RecordWork) {
    this.#claim = claim;
    this.#ends = ends;
    this.#work = work;
  }

  read(): JsonObject {
    const { type, unusedId, raw } = this.#claim;
    if (unusedId !== undefined) this.#aside.set('id', unusedId);
    if (isSpelledOnce(type, raw)) this.#readPlain(type, raw);
    else for (const [field, source] of this.#sources()) this.#field(field, source);
    if (type === 'project' && Object.hasOwn(raw, durationKey)) this.#duration(raw[durationKey] as Json);
    const name = nameField(type);
    if (name) this.#name(name);
    this.#judgeLoss();
    return this.#result();
  }

  #readPlain(type: EntityType, raw: JsonObject): void {
    const { toOurs, computed } = keyTables[type];
    for (const key of Object.keys(raw)) {
      if (key === 'id' || (key === durationKey && type === 'project')) continue;
      const field = toOurs.get(key) ?? key;
      if (!computed.has(field)) this.#field(field, { key, value: raw[key] as Json });
    }
  }

  /** Fields by our names. Of two spellings the file's own counts. */
  #sources(): Map<string, Source> {
    const { type, raw } = this.#claim;
    const keys = keyTables[type];
    const found = new Map<string, Source>();
    for (const [key, value] of Object.entries(raw)) {
      if (key === 'id' || (key === durationKey && type === 'project')) continue;
      if (key === verbatimKey && isJsonObject(value)) continue;
      const field = keys.toOurs.get(key) ?? key;
      // Computed, so ignored.
      if (keys.computed.has(field)) continue;
      const source = { key, value };
      const twin = found.get(field);
      found.set(field, twin ? this.#choose(twin, source) : source);
    }
    const verbatim = Object.hasOwn(raw, verbatimKey) ? raw[verbatimKey] : undefined;
    if (!isJsonObject(verbatim)) return found;
    for (const [key, value] of Object.entries(verbatim)) {
      if (key !== 'id' && !keys.computed.has(key)) found.set(key, { key, value });
    }
    return found;
  }

  #choose(one: Source, other: Source): Source {
    const { rank } = keyTables[this.#claim.type];
    const [first, second] = rank(one.key) <= rank(other.key) ? [one, other] : [other, one];
    const [winner, loser] = first.value === null ? [second, first] : [first, second];
    if (loser.value === null || jsonEqual(winner.value, loser.value)) return winner;
    this.#aside.set(loser.key, loser.value);
    this.#note(loser.key, 'duplicate_key', 'set_aside', loser.value);
    return winner;
  }

  #field(field: string, source: Source): void {
    const { type } = this.#claim;
    if (this.#ends && (field === 'from' || field === 'to')) {
      this.#payload[field] = this.#ends[field];
      return;
    }
    const target = referenceFields[type].get(field);
    if (target) {
      this.#take(field, source, readReference(source.value, target, this.#work.targets));
      return;
    }
    if (listReferences[type].has(field)) {
      const to = listReferences[type].get(field);
      this.#take(field, source, readReferences(source.value, to, this.#work.targets));
      return;
    }
    const read = source.value === null ? undefined : fieldReaders[type].get(field);
    const reading = read ? read(source.value) : { value: source.value };
    if (type === 'interface' && field === 'energy_loss') this.#loss(source, reading);
    else this.#take(field, source, reading);
  }

  #take(field: string, { key, value: given }: Source, { value, aside, problem }: Reading): void {
    if (value !== undefined) setMember(this.#payload, field, value);
    if (aside !== undefined) this.#aside.set(key, aside);
    if (problem) this.#note(key, problem.code, problem.action, given, problem.becomes);
  }

  /** A loss in per cent. */
  #loss(source: Source, reading: Reading): void {
    const { unit, guessed } = this.#work.lossUnit;
    const isFraction = unit === 'fraction' && typeof reading.value === 'number';
    const value = isFraction ? asPercent(reading.value as number) : reading.value;
    this.#take('energy_loss', source, value === undefined ? reading : { ...reading, value });
    if (isFraction && guessed) this.#note(source.key, 'loss_unit_guessed', 'guessed', source.value, value);
  }

  #duration(value: Json): void {
    if ((this.#payload.duration_months ?? null) !== null) {
      if (value === null) return;
      this.#aside.set(durationKey, value);
      this.#note(durationKey, 'duplicate_key', 'set_aside', value);
      return;
    }
    if (value === null) {
      this.#payload.duration_months = value;
      return;
    }
    const { unit, guessed } = this.#work.unit;
    const figure = durationIn(value);
    const months = unit === null || figure === null || figure < 0 ? Number.NaN : inMonths(figure, unit);
    if (!Number.isFinite(months)) {
      this.#aside.set(durationKey, value);
      this.#note(durationKey, figure === null ? 'wrong_type' : 'out_of_range', 'set_aside', value);
      return;
    }
    this.#payload.duration_months = months;
    if (typeof value === 'string')
      this.#note(durationKey, 'wrong_type', 'converted', value, figure ?? undefined);
    if (guessed) this.#note(durationKey, 'duration_unit_guessed', 'guessed', value, months);
  }

  #name(field: string): void {
    const { id, existing } = this.#claim;
    const name = this.#payload[field];
    if (typeof name === 'string' && name.trim() !== '') return;
    const long = this.#aside.get(field);
    if (typeof long === 'string') {
      const start = withoutControls(long.slice(0, maxLengths.name - 1).replace(/[\uD800-\uDBFF]$/, ''));
      this.#payload[field] = `${start}…`;
      return;
    }
    const named = existing?.payload[field];
    if (typeof named === 'string' && named.trim() !== '') {
      delete this.#payload[field];
      this.#note(field, 'missing_name', 'kept', name, named);
      return;
    }
    const title = id.slice(0, maxLengths.name);
    this.#payload[field] = title.trim() === '' ? '?' : title;
    this.#note(field, 'missing_name', 'given', name, title);
  }

  #judgeLoss(): void {
    if (this.#claim.type !== 'interface') return;
    const { bond_type: bond = null, energy_loss: loss = null } = this.#payload;
    if (!contradictsBond(bond, loss)) return;
    this.#work.problems.add(this.#claim.path, 'loss_bond', 'kept', loss, bond);
  }

  #note(key: string, code: ProblemCode, action: ProblemAction, value?: Json, becomes?: Json): void {
    this.#work.problems.add([...this.#claim.path, key], code, action, value, becomes);
  }

  #result(): JsonObject {
    if (this.#aside.size > 0) {
      const before = this.#payload[asideKey];
      const earlier = isJsonObject(before) ? Object.entries(before) : [];
      if (before !== undefined && !isJsonObject(before)) this.#aside.set(asideKey, before);
      this.#payload[asideKey] = Object.fromEntries([...earlier, ...this.#aside]);
    }
    return this.#payload;
  }
}
