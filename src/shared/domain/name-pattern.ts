import { erasedText } from './erased.ts';
import { escapePattern } from './escape-pattern.ts';
import { isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { isAmongTerms } from './person-terms.ts';
import type { AuditedType } from './types.ts';

/** Keys of ids: a record may have an id that is somebody's name, and everything that refers to it must go on doing so. */
const isReference = (key: string): boolean => /(^|_)ids?$|^(from|to|node|bearers|owner)$/.test(key);

/** Finds the names and addresses of a person in text and in addresses of views, as whole words, whatever their case, and replaces them. */
export class NamePattern {
  readonly #words: RegExp;
  readonly #anywhere: RegExp;
  readonly #terms: readonly string[];

  constructor(terms: readonly string[]) {
    this.#terms = terms;
    const spellings = terms.flatMap((term) => [term, encodeURIComponent(term).replaceAll('%20', ' ')]);
    const choice =
      spellings.map((term) => escapePattern(term).replaceAll(' ', String.raw`(?:\s|%20|\+)+`)).join('|') ||
      '(?!)';
    this.#words = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${choice})(?![\p{L}\p{N}])`, 'giu');
    const inJson = spellings.map((term) =>
      escapePattern(JSON.stringify(term).slice(1, -1)).replaceAll(' ', String.raw`(?:\s|\\[nrt]|%20|\+)+`),
    );
    this.#anywhere = new RegExp(inJson.join('|') || '(?!)', 'iu');
  }

  /** Whether JSON text may have a term in it; it is quick, and right where it says no. */
  mayBeIn(text: string | null): boolean {
    return text !== null && this.#anywhere.test(text);
  }

  isIn(text: string): boolean {
    return text.search(this.#words) >= 0;
  }

  /**
   * The payload of a record, or one side of an update, without the terms: the same object where none is in it. Keys, references and the names of other
   * people stay.
   */
  redact(type: AuditedType, payload: JsonObject): JsonObject {
    const isPerson = type === 'student' || type === 'faculty';
    return this.#fields(payload, (key, value) => isPerson && key === 'name' && this.#isWhole(value));
  }

  redactText(text: string): string {
    return text.replaceAll(this.#words, erasedText);
  }

  /** As `redact` for any JSON, as the parameters of a label. */
  redactJson(value: JsonObject): JsonObject {
    return this.#fields(value, () => false);
  }

  /** Whether the person shares a name with another one, whose record this is. */
  #isWhole(value: Json | undefined): boolean {
    return typeof value === 'string' && isAmongTerms(this.#terms, value);
  }

  #fields(object: JsonObject, isKept: (key: string, value: Json | undefined) => boolean): JsonObject {
    let changed = false;
    const entries = Object.entries(object).map(([key, value]) => {
      if (value === undefined || isReference(key) || isKept(key, value)) return [key, value] as const;
      const result = this.#value(value);
      changed ||= result !== value;
      return [key, result] as const;
    });
    return changed ? Object.fromEntries(entries) : object;
  }

  #value(value: Json): Json {
    if (typeof value === 'string') return this.redactText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isJsonObject(value)) return this.#fields(value, () => false);
    const parts = value.map((part) => this.#value(part));
    return parts.some((part, at) => part !== value[at]) ? parts : value;
  }
}
