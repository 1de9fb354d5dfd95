import { tableOf } from '#shared/domain/types.ts';
import { tallyColumn } from '../question-schema.ts';
import {
  leavingCondition,
  nameCondition,
  presenceCondition,
  tableFor,
  valueCondition,
} from './conditions.ts';
import type { Condition } from './conditions.ts';
import { propertiesOf } from './lexicon.ts';
import type { Meaning, Property } from './lexicon.ts';
import { questionNouns } from './question-words.ts';
import type { Role, Subject } from './question-words.ts';
import type { Segment } from './segments.ts';
import type { ListQuestion } from './write-sql.ts';

export interface ParsedQuestion {
  question: ListQuestion;
  parts: { words: string; meaning: string }[];
  /** Words that no rule explains; the question is then not understood. */
  unknown: string[];
}

/** The limit of a sorted list if the question gives no number. */
const defaultLimit = 10;

const comparisons: ReadonlySet<Role> = new Set(['>', '>=', '<', '<=', '=']);
const comparisonWords: Readonly<Record<string, string>> = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
  '=': '',
};

const meaningsOfKind = <I extends Meaning['is']>(segment: Segment | undefined, is: I) =>
  (segment?.meanings.filter((one) => one.is === is) ?? []) as Extract<Meaning, { is: I }>[];

const roleOf = (segment: Segment | undefined): Role | null =>
  meaningsOfKind(segment, 'role')[0]?.role ?? null;
const hasRole = (segment: Segment | undefined, role: Role): boolean =>
  meaningsOfKind(segment, 'role').some((one) => one.role === role);
const isSubject = (segment: Segment): boolean => meaningsOfKind(segment, 'subject').length > 0;

/** Reads a question as a list of records with conditions. Null if it names no kind of record. */
export function readQuestion(segments: readonly Segment[]): ParsedQuestion | null {
  const subjectIndex = segments.findIndex(isSubject);
  const isLeaving = segments.some((segment) => hasRole(segment, 'leaving'));
  const [subjectMeaning] = meaningsOfKind(segments[subjectIndex], 'subject');
  const knows = segments.some((segment) => hasRole(segment, 'knows'));
  const asksWho = segments.some((segment) => hasRole(segment, 'who') || hasRole(segment, 'knows'));
  const [noun] = segments
    .filter(({ words }) => questionNouns.has(words))
    .flatMap((segment) => meaningsOfKind(segment, 'value'));
  const isPeople =
    subjectMeaning === undefined ? noun === undefined && asksWho : subjectMeaning.subject === 'people';
  const subject = isPeople
    ? isLeaving || knows
      ? 'student'
      : 'people'
    : (subjectMeaning?.subject ?? noun?.type);
  return subject === undefined ? null : new Reader(segments, subjectIndex, subject).read();
}

class Reader {
  readonly #segments: readonly Segment[];
  readonly #subjectIndex: number;
  readonly #subject: Subject;
  readonly #conditions: Condition[] = [];
  readonly #requestedColumns: string[] = [];
  readonly #parts: ParsedQuestion['parts'] = [];
  readonly #unknown: string[] = [];
  #isCount = false;
  #group: Property | null = null;
  #order: ListQuestion['order'] = null;
  #limit: number | null = null;

  constructor(segments: readonly Segment[], subjectIndex: number, subject: Subject) {
    this.#segments = segments;
    this.#subjectIndex = subjectIndex;
    this.#subject = subject;
  }

  read(): ParsedQuestion {
    for (let at = 0; at < this.#segments.length;) {
      const end = this.#readAt(at);
      if (end === null) this.#unknown.push(this.#segments[at]?.words ?? '');
      at = end ?? at + 1;
    }
    return {
      question: {
        subject: this.#subject,
        conditions: this.#conditions,
        isCount: this.#isCount,
        group: this.#group,
        requestedColumns: this.#requestedColumns,
        order: this.#order,
        limit: this.#limit ?? (this.#order && !this.#group ? defaultLimit : null),
      },
      parts: this.#parts,
      unknown: this.#unknown,
    };
  }

  /** Reads the phrase that begins at a segment. Returns the next index; null if no rule fits. */
  #readAt(at: number): number | null {
    const segment = this.#segments[at] as Segment;
    if (at === this.#subjectIndex) return this.#addPart(at, at + 1, `records: ${tableFor(this.#subject)}`);
    if (segment.number !== null) return this.#readNumber(at);
    return (
      this.#readCondition(at) ??
      this.#readRole(at) ??
      this.#readOrder(at) ??
      this.#readProperty(at) ??
      this.#readNoun(at)
    );
  }

  #addPart(from: number, to: number, meaning: string): number {
    const words = this.#segments.slice(from, to).map((segment) => segment.words);
    this.#parts.push({ words: words.join(' '), meaning });
    return to;
  }

  #addCondition(from: number, to: number, condition: Condition): number {
    this.#conditions.push(condition);
    return this.#addPart(from, to, condition.meaning);
  }

  /** The next index after fillers. */
  #skip(at: number): number {
    let next = at;
    while (roleOf(this.#segments[next]) === 'skip' && (this.#segments[next]?.meanings.length ?? 0) === 1)
      next += 1;
    return next;
  }

  /** A condition, a value or a name: the meaning that fits the subject best. */
  #readCondition(at: number): number | null {
    const segment = this.#segments[at];
    const ownCondition = meaningsOfKind(segment, 'condition').find(
      ({ subject }) => subject === this.#subject,
    );
    if (ownCondition)
      return this.#addCondition(at, at + 1, { sql: ownCondition.condition, meaning: ownCondition.meaning });
    const values = meaningsOfKind(segment, 'value').toSorted(
      (a, b) => Number(b.type === this.#subject) - Number(a.type === this.#subject),
    );
    const conditions = [
      ...values
        .filter(({ type }) => type === this.#subject)
        .map((value) => valueCondition(this.#subject, value)),
      ...meaningsOfKind(segment, 'name').map((name) => nameCondition(this.#subject, name)),
      ...values.map((value) => valueCondition(this.#subject, value)),
    ].filter((one) => one !== null);
    const [condition] = conditions;
    if (condition === undefined) return null;
    // Several universities can share the words that name one.
    const sameColumn = conditions.filter(
      (one) => 'value' in one && 'value' in condition && one.column === condition.column,
    );
    const isFromNames = values.length === 0;
    for (const one of isFromNames ? sameColumn.slice(1) : []) this.#conditions.push(one);
    return this.#addCondition(at, at + 1, condition);
  }

  #readRole(at: number): number | null {
    const segment = this.#segments[at];
    const next = this.#skip(at + 1);
    if (hasRole(segment, 'leaving')) {
      const condition = leavingCondition(this.#subject);
      const end = hasRole(this.#segments[next], 'term') ? next + 1 : at + 1;
      return condition && this.#addCondition(at, end, condition);
    }
    const role = roleOf(segment);
    if (role === null) return null;
    if (role === 'term') return this.#readTermFirst(at, next);
    if (role === 'skip' || role === 'who' || role === 'knows') return at + 1;
    if (role === 'or') return this.#areAlternatives(at - 1, next) ? at + 1 : null;
    if (role === 'count') {
      this.#isCount = true;
      return this.#addPart(at, at + 1, 'how many');
    }
    if (role === 'by') return this.#readGroup(at, next);
    if (role === 'with' || role === 'without') return this.#readPresence(at, next, role === 'with');
    if (role === 'most' || role === 'least') return this.#readExtreme(at, next, role);
    return this.#readComparison(at, next, role);
  }

  /** Values of one column are always alternatives. */
  #areAlternatives(before: number, after: number): boolean {
    const columns = meaningsOfKind(this.#segments[before], 'value').map(
      ({ type, column }) => `${type}.${column}`,
    );
    return meaningsOfKind(this.#segments[after], 'value').some(({ type, column }) =>
      columns.includes(`${type}.${column}`),
    );
  }

  /** German word order: "Who this term leaves". */
  #readTermFirst(at: number, next: number): number | null {
    const condition = hasRole(this.#segments[next], 'leaving') ? leavingCondition(this.#subject) : null;
    return condition && this.#addCondition(at, next + 1, condition);
  }

  #readGroup(at: number, next: number): number | null {
    const property = this.#propertyAt(next, 'group');
    if (!property || this.#group) return null;
    this.#group = property;
    return this.#addPart(at, next + 1, `counted by ${property.label}`);
  }

  #readPresence(at: number, next: number, isPresent: boolean): number | null {
    const property = this.#propertyAt(next, 'presence');
    const after = this.#segments[this.#skip(next + 1)];
    const role = roleOf(after);
    const isCompared = (role !== null && comparisons.has(role)) || meaningsOfKind(after, 'value').length > 0;
    if (isPresent && (!property || isCompared)) return at + 1;
    return property && this.#addCondition(at, next + 1, presenceCondition(property, isPresent));
  }

  #readExtreme(at: number, next: number, role: 'most' | 'least'): number | null {
    const property = this.#propertyAt(next, 'number');
    if (property?.kind !== 'number' || this.#order) return null;
    this.#order = { column: property.column, direction: role === 'most' ? 'DESC' : 'ASC' };
    return this.#addPart(at, next + 1, `ordered by ${property.label}, ${role} first`);
  }

  /** "More than 5 students". */
  #readComparison(at: number, next: number, role: Role): number | null {
    const number = this.#segments[next]?.number;
    if (number == null) return null;
    const to = this.#skip(next + 1);
    const property = this.#propertyAt(to, 'number');
    return property?.kind === 'number' ? this.#compare(at, to + 1, property, role, number) : null;
  }

  #compare(from: number, to: number, property: Property, role: Role, number: number): number {
    const { column, label } = property;
    const meaning = `${label} is ${comparisonWords[role] ?? ''} ${number}`.replaceAll('  ', ' ');
    return this.#addCondition(from, to, { sql: `${column} ${role} ${number}`, meaning, column });
  }

  /** "3 terms left", or "the 5 largest teams". */
  #readNumber(at: number): number | null {
    const number = this.#segments[at]?.number ?? 0;
    const next = this.#skip(at + 1);
    const isBeforeSubject =
      next === this.#subjectIndex ||
      (meaningsOfKind(this.#segments[next], 'order').length > 0 && next < this.#subjectIndex);
    if (isBeforeSubject && Number.isInteger(number) && number >= 1 && number <= 1000) {
      this.#limit = number;
      return this.#addPart(at, at + 1, `at most ${number}`);
    }
    const property = this.#propertyAt(next, 'number');
    return property?.kind === 'number' ? this.#compare(at, next + 1, property, '=', number) : null;
  }

  #readOrder(at: number): number | null {
    const columns = new Set(propertiesOf(this.#subject).map(({ column }) => column));
    const order = meaningsOfKind(this.#segments[at], 'order').find(
      ({ column }) => columns.has(column) || (column.endsWith('_at') && this.#subject !== 'people'),
    );
    if (!order || this.#order) return null;
    this.#order = order;
    const first = order.direction === 'ASC' ? 'lowest' : 'highest';
    return this.#addPart(at, at + 1, `ordered by ${order.column.replaceAll('_', ' ')}, ${first} first`);
  }

  /** "Energy loss over 40 percent", "discipline software", or a column to show. */
  #readProperty(at: number): number | null {
    const property = this.#propertyAt(at, 'named');
    if (!property) return null;
    const next = this.#skip(at + 1);
    const role = roleOf(this.#segments[next]);
    const to = this.#skip(next + 1);
    const number = this.#segments[to]?.number;
    if (role !== null && comparisons.has(role) && number != null && property.kind === 'number') {
      const hasUnit = meaningsOfKind(this.#segments[to + 1], 'unit').some(
        ({ unit }) => unit === property.unit,
      );
      return this.#compare(at, to + (hasUnit ? 2 : 1), property, role, number);
    }
    const isBeforeValue =
      [...meaningsOfKind(this.#segments[next], 'value'), ...meaningsOfKind(this.#segments[next], 'name')]
        .length > 0;
    if (isBeforeValue) return at + 1;
    if (property.kind === 'list') return null;
    this.#requestedColumns.push(property.column);
    return this.#addPart(at, at + 1, `column ${property.label}`);
  }

  /** A type before a record's name, as in "of the team Thermal". */
  #readNoun(at: number): number | null {
    const [noun] = meaningsOfKind(this.#segments[at], 'subject');
    const adjacent = [at - 1, this.#skip(at + 1)].flatMap((index) => [
      ...meaningsOfKind(this.#segments[index], 'name'),
      ...meaningsOfKind(this.#segments[index], 'value'),
    ]);
    return noun && adjacent.some(({ type }) => type === noun.subject) ? at + 1 : null;
  }

  /** The property of the subject that a segment names: by itself, by a type that the subject counts or refers to, or by a unit. */
  #propertyAt(at: number, use: 'group' | 'presence' | 'number' | 'named'): Property | null {
    const segment = this.#segments[at];
    if (!segment || at === this.#subjectIndex) return null;
    const properties = propertiesOf(this.#subject);
    const ownProperties = meaningsOfKind(segment, 'property')
      .map(({ property }) => property)
      .filter(({ subject }) => subject === this.#subject);
    const ofTypes = meaningsOfKind(segment, 'subject').flatMap(({ subject }) =>
      subject === 'people'
        ? []
        : properties.filter(
            ({ to, column }) => to === subject || column === tallyColumn(tallyKeyOf(subject)),
          ),
    );
    const ofUnits = meaningsOfKind(segment, 'unit').flatMap(({ unit }) => {
      const unitProperties = properties.filter((property) => property.unit === unit);
      return unitProperties.length === 1 ? unitProperties : [];
    });
    const candidates = use === 'named' ? ownProperties : [...ownProperties, ...ofTypes, ...ofUnits];
    if (use === 'number') return candidates.find(({ kind }) => kind === 'number') ?? null;
    if (use === 'group')
      return candidates.find(({ kind, column }) => kind !== 'list' && !column.endsWith('_count')) ?? null;
    return candidates[0] ?? null;
  }
}

const tallyKeyOf = (type: Exclude<Subject, 'people'>): string =>
  type === 'interface' ? 'links' : tableOf[type];
