import { erasedText } from './erased.ts';
import { escapePattern } from './escape-pattern.ts';
import { isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { isAmongTerms } from './person-terms.ts';
import type { AuditedType } from './types.ts';

/** Keys that hold ids. An id can contain a person's name; redacting it would break references. */
const isIdKey = (key: string): boolean => /(^|_)ids?$|^(from|to|node|bearers|owner)$/.test(key);

const matchNothing = '(?!)';

/** Finds and replaces a person's names and e-mail addresses in texts and view addresses. Matches whole words and ignores case. */
export class NamePattern {
  readonly #wordPattern: RegExp;
  readonly #jsonPattern: RegExp;
  readonly #terms: readonly string[];

  constructor(terms: readonly string[]) {
    this.#terms = terms;
    const spellings = terms.flatMap((term) => [term, encodeURIComponent(term).replaceAll('%20', ' ')]);
    const alternatives =
      spellings.map((term) => escapePattern(term).replaceAll(' ', String.raw`(?:\s|%20|\+)+`)).join('|') ||
      matchNothing;
    this.#wordPattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives})(?![\p{L}\p{N}])`, 'giu');
    const jsonTerms = spellings.map((term) =>
      escapePattern(JSON.stringify(term).slice(1, -1)).replaceAll(' ', String.raw`(?:\s|\\[nrt]|%20|\+)+`),
    );
    this.#jsonPattern = new RegExp(jsonTerms.join('|') || matchNothing, 'iu');
  }

  /** Quick check of JSON text: false means that no term is in it; true can be wrong. */
  canMatchJson(text: string | null): boolean {
    return text !== null && this.#jsonPattern.test(text);
  }

  hasMatch(text: string): boolean {
    return text.search(this.#wordPattern) >= 0;
  }

  /**
   * Redacts a payload or one side of an update. Returns the same object if it contains no term. Keys, references and the names of other
   * people are kept.
   */
  redact(type: AuditedType, payload: JsonObject): JsonObject {
    const isPerson = type === 'student' || type === 'faculty';
    return this.#redactFields(payload, (key, value) => isPerson && key === 'name' && this.#isNamesake(value));
  }

  redactText(text: string): string {
    return text.replaceAll(this.#wordPattern, erasedText);
  }

  redactJson(value: JsonObject): JsonObject {
    return this.#redactFields(value, () => false);
  }

  /** Whether the value is the name of a person in the terms: the record then belongs to another person with the same name. */
  #isNamesake(value: Json | undefined): boolean {
    return typeof value === 'string' && isAmongTerms(this.#terms, value);
  }

  #redactFields(object: JsonObject, isKept: (key: string, value: Json | undefined) => boolean): JsonObject {
    let isChanged = false;
    const entries = Object.entries(object).map(([key, value]) => {
      if (value === undefined || isIdKey(key) || isKept(key, value)) return [key, value] as const;
      const result = this.#redactValue(value);
      isChanged ||= result !== value;
      return [key, result] as const;
    });
    return isChanged ? Object.fromEntries(entries) : object;
  }

  #redactValue(value: Json): Json {
    if (typeof value === 'string') return this.redactText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isJsonObject(value)) return this.#redactFields(value, () => false);
    const parts = value.map((part) => this.#redactValue(part));
    return parts.some((part, index) => part !== value[index]) ? parts : value;
  }
}
