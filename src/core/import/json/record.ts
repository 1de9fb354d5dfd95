import { isTwoStepsFromBond } from '#shared/domain/interfaces.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { nameField } from '#shared/domain/title.ts';
import { textOf } from '../../model/interchange/attributes.ts';
import { unfitValuesKey, durationKey, keyTables, verbatimKey } from '../../model/interchange/keys.ts';
import { listReferences, referenceFields } from '../record-planner.ts';
import type { ProblemAction, ProblemCode, Problems } from '../problems.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Claim, Ends, Targets } from './document.ts';
import { setMember } from './parse.ts';
import type { Members } from './parse.ts';
import { durationIn, isInPercent, isShare, restOf, toPercent } from '../units.ts';
import type { DurationUnit, ShareUnitGuess } from '../units.ts';
import { fieldReaders, keepUnfit, readReference, readReferences, readWord } from './field-readers.ts';
import type { FieldReader, Reading } from './field-readers.ts';

/** A duration in months, rounded; infinite if the number is too large. */
export function toMonths(value: number, unit: 'years' | 'months'): number {
  if (unit === 'months') return value;
  const months = value * 12;
  const rounded = Math.round(months * 1e6) / 1e6;
  return Number.isFinite(rounded) ? rounded : months;
}

/** The context for reading the records of one file. */
export interface RecordContext {
  targets: Targets;
  problems: Problems;
  durationUnit: DurationUnit;
  /** By share field. */
  shareUnits: ReadonlyMap<string, ShareUnitGuess>;
  /** Of a graph, by record: its fields that are 100 % minus their value, each with the attribute. */
  rests: ReadonlyMap<JsonObject, ReadonlyMap<string, string>> | undefined;
  /** Whether another program chose the words for values, as in its graphs. */
  readsWords: boolean;
}

/** A value of the file with its key in the file. */
interface FileValue {
  key: string;
  value: Json;
}

/** The payload of one record, with values that fit no field under `imported_values`. */
export function readRecord(claim: Claim, ends: Ends | null, context: RecordContext): JsonObject {
  return new RecordReader(claim, ends, context).read();
}

/** Whether no field of a record occurs under two names. */
function hasOneSpelling(type: EntityType, raw: JsonObject): boolean {
  if (Object.hasOwn(raw, verbatimKey)) return false;
  const { toOurs } = keyTables[type];
  if (toOurs.size === 0) return true;
  const fields: string[] = [];
  for (const key of Object.keys(raw)) {
    const field = toOurs.get(key);
    if (field === undefined) continue;
    if (fields.includes(field)) return false;
    fields.push(field);
  }
  return true;
}

class RecordReader {
  readonly #claim: Claim;
  readonly #ends: Ends | null;
  readonly #context: RecordContext;
  readonly #payload: Members = {};
  readonly #unfitValues = new Map<string, Json>();

  constructor(claim: Claim, ends: Ends | null, context: RecordContext) {
    this.#claim = claim;
    this.#ends = ends;
    this.#context = context;
  }

  read(): JsonObject {
    const { type, unusedId, raw } = this.#claim;
    if (unusedId !== undefined) this.#unfitValues.set('id', unusedId);
    if (hasOneSpelling(type, raw)) this.#readPlain(type, raw);
    else for (const [field, source] of this.#sources()) this.#readField(field, source);
    if (type === 'project' && Object.hasOwn(raw, durationKey)) this.#readDuration(raw[durationKey] as Json);
    const name = nameField(type);
    if (name) this.#setName(name);
    this.#checkLoss();
    return this.#result();
  }

  #readPlain(type: EntityType, raw: JsonObject): void {
    const { toOurs, computed } = keyTables[type];
    for (const key of Object.keys(raw)) {
      if (key === 'id' || (key === durationKey && type === 'project')) continue;
      const field = toOurs.get(key) ?? key;
      if (!computed.has(field)) this.#readField(field, { key, value: raw[key] as Json });
    }
  }

  /** Fields by our names. Of two spellings the one with the better rank counts, unless its value is null. */
  #sources(): Map<string, FileValue> {
    const { type, raw } = this.#claim;
    const keys = keyTables[type];
    const sources = new Map<string, FileValue>();
    for (const [key, value] of Object.entries(raw)) {
      if (key === 'id' || (key === durationKey && type === 'project')) continue;
      if (key === verbatimKey && isJsonObject(value)) continue;
      const field = keys.toOurs.get(key) ?? key;
      // Computed fields are ignored.
      if (keys.computed.has(field)) continue;
      const source = { key, value };
      const other = sources.get(field);
      sources.set(field, other ? this.#choose(other, source) : source);
    }
    const verbatim = Object.hasOwn(raw, verbatimKey) ? raw[verbatimKey] : undefined;
    if (!isJsonObject(verbatim)) return sources;
    for (const [key, value] of Object.entries(verbatim)) {
      if (key !== 'id' && !keys.computed.has(key)) sources.set(key, { key, value });
    }
    return sources;
  }

  #choose(one: FileValue, other: FileValue): FileValue {
    const { rank } = keyTables[this.#claim.type];
    const [first, second] = rank(one.key) <= rank(other.key) ? [one, other] : [other, one];
    const [winner, loser] = first.value === null ? [second, first] : [first, second];
    if (loser.value === null || jsonEqual(winner.value, loser.value)) return winner;
    this.#unfitValues.set(loser.key, loser.value);
    this.#addProblem(loser.key, 'duplicate_key', 'set_aside', loser.value);
    return winner;
  }

  #readField(field: string, source: FileValue): void {
    const { type } = this.#claim;
    if (this.#ends && (field === 'from' || field === 'to')) {
      this.#payload[field] = this.#ends[field];
      return;
    }
    const target = referenceFields[type].get(field);
    if (target) {
      this.#setField(field, source, readReference(source.value, target, this.#context.targets));
      return;
    }
    if (listReferences[type].has(field)) {
      const to = listReferences[type].get(field);
      this.#setField(field, source, readReferences(source.value, to, this.#context.targets));
      return;
    }
    const reader = source.value === null ? undefined : fieldReaders[type].get(field);
    const reading = reader ? this.#readUnlessStored(reader, field, source.value) : { value: source.value };
    if (isShare(type, field)) this.#readShare(field, source, reading);
    else this.#setField(field, source, reading);
  }

  /** A value of the stored record stays although a later rule refuses it, so that importing an export changes nothing. */
  #readUnlessStored(reader: FieldReader, field: string, value: Json): Reading {
    const { type, existing } = this.#claim;
    const isStored = jsonEqual(existing?.payload[field] ?? null, value);
    const declared = this.#context.readsWords && !isStored ? fieldOf(type, field) : undefined;
    const reading = (declared && readWord(declared, value)) ?? reader(value);
    return reading.unfitValue !== undefined && isStored ? { value } : reading;
  }

  #setField(
    field: string,
    { key, value: fileValue }: FileValue,
    { value, unfitValue, problem }: Reading,
  ): void {
    if (value !== undefined) setMember(this.#payload, field, value);
    if (unfitValue !== undefined) this.#unfitValues.set(key, unfitValue);
    if (problem) this.#addProblem(key, problem.code, problem.action, fileValue, problem.becomes);
  }

  /** Reads a share, in per cent, or the rest of one, which the file has under the name of its attribute. */
  #readShare(field: string, fileValue: FileValue, reading: Reading): void {
    const { shareUnits, rests, problems } = this.#context;
    const attribute = rests?.get(this.#claim.raw)?.get(field);
    const source = attribute === undefined ? fileValue : { ...fileValue, key: attribute };
    if (typeof reading.value !== 'number') return this.#setField(field, source, reading);
    const shareUnit = shareUnits.get(field);
    const unit = isInPercent(source.value) ? 'percent' : (shareUnit?.unit ?? 'percent');
    const percent = toPercent(reading.value, unit);
    if (percent > 100) return this.#setField(field, source, keepUnfit(source.value, 'out_of_range'));
    const value = attribute === undefined ? percent : restOf(percent);
    const problem = attribute !== undefined && reading.problem && { ...reading.problem, becomes: value };
    this.#setField(field, source, { ...reading, value, ...(problem && { problem }) });
    if (unit !== 'percent' && shareUnit?.isGuessed)
      this.#addProblem(source.key, 'loss_unit_guessed', 'guessed', source.value, value);
    if (attribute === undefined) return;
    const params = { value: textOf(source.value), becomes: value };
    problems.notices.add('share_rest', { where: { attribute, of: 'edges' }, params });
  }

  #readDuration(value: Json): void {
    if ((this.#payload.duration_months ?? null) !== null) {
      if (value === null) return;
      this.#unfitValues.set(durationKey, value);
      this.#addProblem(durationKey, 'duplicate_key', 'set_aside', value);
      return;
    }
    if (value === null) {
      this.#payload.duration_months = value;
      return;
    }
    const { unit, isGuessed } = this.#context.durationUnit;
    const number = durationIn(value);
    const months = unit === null || number === null || number < 0 ? Number.NaN : toMonths(number, unit);
    if (!Number.isFinite(months)) {
      this.#unfitValues.set(durationKey, value);
      this.#addProblem(durationKey, number === null ? 'wrong_type' : 'out_of_range', 'set_aside', value);
      return;
    }
    this.#payload.duration_months = months;
    if (typeof value === 'string')
      this.#addProblem(durationKey, 'wrong_type', 'converted', value, number ?? undefined);
    if (isGuessed) this.#addProblem(durationKey, 'duration_unit_guessed', 'guessed', value, months);
  }

  #setName(field: string): void {
    const { id, existing } = this.#claim;
    const name = this.#payload[field];
    if (typeof name === 'string' && name.trim() !== '') return;
    const longName = this.#unfitValues.get(field);
    if (typeof longName === 'string') {
      // Removes half of a surrogate pair from the end.
      const start = withoutControls(longName.slice(0, maxLengths.name - 1).replace(/[\uD800-\uDBFF]$/, ''));
      this.#payload[field] = `${start}…`;
      return;
    }
    const existingName = existing?.payload[field];
    if (typeof existingName === 'string' && existingName.trim() !== '') {
      delete this.#payload[field];
      this.#addProblem(field, 'missing_name', 'kept', name, existingName);
      return;
    }
    const title = id.slice(0, maxLengths.name);
    this.#payload[field] = title.trim() === '' ? '?' : title;
    this.#addProblem(field, 'missing_name', 'given', name, title);
  }

  #checkLoss(): void {
    if (this.#claim.type !== 'interface') return;
    const { bond_type: bond = null, energy_loss: loss = null } = this.#payload;
    if (!isTwoStepsFromBond(bond, loss)) return;
    this.#context.problems.add(this.#claim.path, 'loss_bond', 'kept', loss, bond);
  }

  #addProblem(key: string, code: ProblemCode, action: ProblemAction, value?: Json, becomes?: Json): void {
    this.#context.problems.add([...this.#claim.path, key], code, action, value, becomes);
  }

  #result(): JsonObject {
    if (this.#unfitValues.size > 0) {
      const givenUnfit = this.#payload[unfitValuesKey];
      const givenEntries = isJsonObject(givenUnfit) ? Object.entries(givenUnfit) : [];
      if (givenUnfit !== undefined && !isJsonObject(givenUnfit))
        this.#unfitValues.set(unfitValuesKey, givenUnfit);
      this.#payload[unfitValuesKey] = Object.fromEntries([...givenEntries, ...this.#unfitValues]);
    }
    return this.#payload;
  }
}
