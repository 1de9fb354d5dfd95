import { readingsOf } from './decode-text.ts';
import { fieldOf } from './entities.ts';
import { erasedText } from './erased.ts';
import { escapePattern } from './escape-pattern.ts';
import { foldText } from './fold.ts';
import { isJsonObject, jsonEqual } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { nameWithoutTitles } from './person-name.ts';
import { isReferenceKind } from './references.ts';
import { isAuditedType, isEntityType } from './types.ts';
import type { AuditedType } from './types.ts';

/** Keys that hold ids. An id can contain a person's name; redacting it would break references. */
const isIdKey = (key: string): boolean => /(^|_)ids?$|^(from|to|node|bearers|owner)$/.test(key);

/** Declared references hold ids, notes and undeclared fields texts; the other fields of a record, and other types, can hold both. */
function idsIn(type: AuditedType, key: string): 'only' | 'none' | 'by_key' {
  if (key === 'meta') return 'none';
  if (!isEntityType(type)) return isIdKey(key) ? 'only' : 'by_key';
  const field = fieldOf(type, key);
  if (!field) return key === 'university_id' ? 'only' : 'none';
  return isReferenceKind(field) ? 'only' : 'by_key';
}

const matchNothing = '(?!)';
/** Between the words of a name: blanks, also in addresses and file names; or one hyphen or dot. */
const separator = String.raw`(?:[\s+_]+|[-.])`;

/** Letters that are also written with a second letter where an accent cannot be typed: "Müller", "Mueller". */
export const secondLetters: Readonly<Record<string, string>> = { ä: 'e', ö: 'e', ü: 'e', ø: 'e', å: 'a' };

/** A pattern for folded texts that matches every spelling of a term. */
const patternOf = (term: string): string =>
  Array.from(term.normalize('NFC'), (letter) => {
    const second = secondLetters[letter.toLowerCase()];
    return escapePattern(foldText(letter)) + (second === undefined ? '' : `${second}?`);
  })
    .join('')
    .replaceAll(/[\s-]+/g, separator);

/** Folds a text one letter at a time. `starts` has the place in the text of each unit of the folded text, and of its end. */
function foldLetters(text: string): { folded: string; starts: number[] } {
  const starts: number[] = [];
  let folded = '';
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const part = foldText(letter);
    for (let unit = 0; unit < part.length; unit++) starts.push(index);
    folded += part;
  }
  starts.push(text.length);
  return { folded, starts };
}

/**
 * Finds and replaces a person's names and e-mail addresses in texts, whatever encoding the program wrote them in. Matches whole words and
 * ignores case and accents, like search: "Zoe" is "Zoë", and "Mueller" is "Müller".
 */
export class NamePattern {
  readonly #wordPattern: RegExp;
  readonly #jsonPattern: RegExp;
  readonly #wholePattern: RegExp;

  constructor(terms: readonly string[]) {
    const alternatives = terms.map((term) => patternOf(term)).join('|') || matchNothing;
    this.#wordPattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives})(?![\p{L}\p{N}])`, 'gu');
    this.#jsonPattern = new RegExp(alternatives, 'u');
    this.#wholePattern = new RegExp(`^(?:${alternatives})$`, 'u');
  }

  /** Quick check of JSON or of a file's text: false means that no term is in it; true can be wrong. */
  canMatchJson(text: string | null): boolean {
    if (text === null) return false;
    for (const reading of readingsOf(text)) if (this.#jsonPattern.test(foldText(reading.text))) return true;
    return false;
  }

  hasMatch(text: string): boolean {
    for (const reading of readingsOf(text))
      if (foldText(reading.text).search(this.#wordPattern) >= 0) return true;
    return false;
  }

  /** Whether the text is a name of the person and nothing else, ignoring titles. */
  isName(text: string): boolean {
    return [text, nameWithoutTitles(text)].some((spelling) =>
      this.#wholePattern.test(foldText(spelling).trim()),
    );
  }

  /**
   * Redacts a payload or one side of an update. Returns the same object if it contains no term. Keys, references and the names of other
   * people are kept.
   */
  redact(type: AuditedType, payload: JsonObject): JsonObject {
    const isPerson = type === 'student' || type === 'faculty';
    return this.#redactEntries(
      payload,
      (key) => (isEntityType(type) && fieldOf(type, key) ? key : this.redactText(key)),
      (key, value) => {
        const ids = idsIn(type, key);
        if (ids === 'only' || (isPerson && key === 'name' && this.#isNamesake(value))) return value;
        if (type === 'shared-sandbox' && key === 'changes') return this.#redactChanges(value);
        return this.#redactValue(value, ids === 'by_key');
      },
    );
  }

  /** The changes of a shared sandbox hold payloads of their types. */
  #redactChanges(value: Json): Json {
    const unchanged = value;
    if (!Array.isArray(value)) return this.#redactValue(value, true);
    const changes: readonly Json[] = value;
    const redacted = changes.map((change: Json): Json => {
      if (!isJsonObject(change) || !isAuditedType(change.type)) return this.#redactValue(change, true);
      const { type, before = null, after = null, ...facts } = change;
      const redactSide = (side: Json): Json =>
        isJsonObject(side) && isAuditedType(type) ? this.redact(type, side) : side;
      const result = {
        ...this.redactJson(facts),
        type,
        before: redactSide(before),
        after: redactSide(after),
      };
      return jsonEqual(result, change) ? change : result;
    });
    return redacted.some((change, index) => change !== changes[index]) ? redacted : unchanged;
  }

  redactText(text: string): string {
    let redacted = '';
    let end = 0;
    for (const [from, to] of this.#matchesIn(text)) {
      redacted += text.slice(end, from) + erasedText;
      end = to;
    }
    return end === 0 ? text : redacted + text.slice(end);
  }

  /** The places of all names in a text, in order and apart from each other. */
  #matchesIn(text: string): [from: number, to: number][] {
    if (!this.hasMatch(text)) return [];
    const matches: [number, number][] = [];
    for (const reading of readingsOf(text)) {
      const { folded, starts } = foldLetters(reading.text);
      const placeOf = (at: number): number => {
        const start = starts[at] as number;
        return reading.starts[start] ?? start;
      };
      for (const { 0: match, index } of folded.matchAll(this.#wordPattern))
        matches.push([placeOf(index), placeOf(index + match.length)]);
    }
    matches.sort(([a], [b]) => a - b);
    return matches.reduce<[number, number][]>((merged, match) => {
      const last = merged.at(-1);
      if (!last || match[0] >= last[1]) merged.push(match);
      else last[1] = Math.max(last[1], match[1]);
      return merged;
    }, []);
  }

  redactJson(value: JsonObject): JsonObject {
    return this.#redactFields(value, true);
  }

  /** Whether the value is the person's name: the record then belongs to another person with the same name. */
  #isNamesake(value: Json | undefined): boolean {
    return typeof value === 'string' && this.isName(value);
  }

  #redactFields(object: JsonObject, keepsIds: boolean): JsonObject {
    return this.#redactEntries(
      object,
      // Keys of the program look like this; texts that people enter as keys rarely do.
      (key) => (keepsIds && /^[a-z][a-zA-Z0-9_]*$/.test(key) ? key : this.redactText(key)),
      (key, value) => (keepsIds && isIdKey(key) ? value : this.#redactValue(value, keepsIds)),
    );
  }

  #redactEntries(
    object: JsonObject,
    redactKey: (key: string) => string,
    redact: (key: string, value: Json) => Json,
  ): JsonObject {
    let isChanged = false;
    const entries = Object.entries(object).map(([key, value]) => {
      if (value === undefined) return [key, value] as const;
      const entry = [redactKey(key), redact(key, value)] as const;
      isChanged ||= entry[0] !== key || entry[1] !== value;
      return entry;
    });
    return isChanged ? Object.fromEntries(entries) : object;
  }

  #redactValue(value: Json, keepsIds: boolean): Json {
    if (typeof value === 'string') return this.redactText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isJsonObject(value)) return this.#redactFields(value, keepsIds);
    const parts = value.map((part) => this.#redactValue(part, keepsIds));
    return parts.some((part, index) => part !== value[index]) ? parts : value;
  }
}
