import { erasedText } from './erased.ts';
import { escapePattern } from './escape-pattern.ts';
import { isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { isAmongTerms } from './person-terms.ts';
import type { AuditedType } from './types.ts';

/** Keys that hold ids. An id may contain a person's name; redacting it would break references. */
const isReference = (key: string): boolean => /(^|_)ids?$|^(from|to|node|bearers|owner)$/.test(key);

/** Finds and replaces a person's names and e-mail addresses in texts and view addresses. Matches whole words and ignores case. */
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

  /** Quick check whether JSON text may contain a term; false is always right. */
  mayBeIn(text: string | null): boolean {
    return text !== null && this.#anywhere.test(text);
  }

  isIn(text: string): boolean {
    return text.search(this.#words) >= 0;
  }

  /**
   * Redacts a payload or one side of an update. Returns the same object if it contains no term. Keys, references and the names of other
   * people are kept.
   */
  redact(type: AuditedType, payload: JsonObject): JsonObject {
    const isPerson = type === 'student' || type === 'faculty';
    return this.#fields(payload, (key, value) => isPerson && key === 'name' && this.#isWhole(value));
  }

  redactText(text: string): string {
    return text.replaceAll(this.#words, erasedText);
  }

  redactJson(value: JsonObject): JsonObject {
    return this.#fields(value, () => false);
  }

  /** Whether the record belongs to another person with the same name. */
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
