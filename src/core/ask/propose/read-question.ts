import { decimalSignOf } from '#shared/domain/number-text.ts';
import type { DecimalSign, NumberField } from '#shared/domain/number-text.ts';
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
import { germanWords, questionNouns } from './question-words.ts';
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
const maxLimit = 1000;

const comparisonRoles: ReadonlySet<Role> = new Set(['>', '>=', '<', '<=', '=']);
const comparisonWords: Readonly<Record<string, string>> = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
  '=': '',
};

const meaningsOfKind = <I extends Meaning['is']>(segment: Segment | undefined, kind: I) =>
  (segment?.meanings.filter((meaning) => meaning.is === kind) ?? []) as Extract<Meaning, { is: I }>[];

const roleOf = (segment: Segment | undefined): Role | null =>
  meaningsOfKind(segment, 'role')[0]?.role ?? null;
const hasRole = (segment: Segment | undefined, role: Role): boolean =>
  meaningsOfKind(segment, 'role').some((meaning) => meaning.role === role);
const isSubject = (segment: Segment): boolean => meaningsOfKind(segment, 'subject').length > 0;

/** The decimal sign of the question: of its other numbers, else of its language. */
function signOfQuestion(segments: readonly Segment[]): DecimalSign {
  const shownSigns = new Set(segments.flatMap(({ number }) => number?.decimalSign ?? []));
  const [shownSign] = shownSigns;
  if (shownSign !== undefined && shownSigns.size === 1) return shownSign;
  return segments.some(({ words }) => words.split(' ').some((word) => germanWords.has(word))) ? ',' : '.';
}

/** Reads a question as a list of records with conditions. Null if the question neither names nor implies a kind of record. */
export function readQuestion(segments: readonly Segment[]): ParsedQuestion | null {
  const subjectIndex = segments.findIndex(isSubject);
  const isLeaving = segments.some((segment) => hasRole(segment, 'leaving'));
  const [subjectMeaning] = meaningsOfKind(segments[subjectIndex], 'subject');
  const asksKnowledge = segments.some((segment) => hasRole(segment, 'knows'));
  const asksWho = segments.some((segment) => hasRole(segment, 'who') || hasRole(segment, 'knows'));
  const [noun] = segments
    .filter(({ words }) => questionNouns.has(words))
    .flatMap((segment) => meaningsOfKind(segment, 'value'));
  const isPeople =
    subjectMeaning === undefined ? noun === undefined && asksWho : subjectMeaning.subject === 'people';
  const peopleSubject = isLeaving || asksKnowledge ? 'student' : 'people';
  const subject = isPeople ? peopleSubject : (subjectMeaning?.subject ?? noun?.type);
  return subject === undefined ? null : new QuestionReader(segments, subjectIndex, subject).read();
}

class QuestionReader {
  readonly #segments: readonly Segment[];
  readonly #subjectIndex: number;
  readonly #subject: Subject;
  readonly #decimalSign: DecimalSign;
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
    this.#decimalSign = signOfQuestion(segments);
  }

  read(): ParsedQuestion {
    for (let index = 0; index < this.#segments.length;) {
      const end = this.#readAt(index);
      if (end === null) this.#unknown.push(this.#segments[index]?.words ?? '');
      index = end ?? index + 1;
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
  #readAt(index: number): number | null {
    const segment = this.#segments[index] as Segment;
    if (index === this.#subjectIndex)
      return this.#addPart(index, index + 1, `records: ${tableFor(this.#subject)}`);
    if (segment.number !== null) return this.#readNumber(index);
    return (
      this.#readCondition(index) ??
      this.#readRole(index) ??
      this.#readOrder(index) ??
      this.#readProperty(index) ??
      this.#readNoun(index)
    );
  }

  #addPart(start: number, end: number, meaning: string): number {
    const words = this.#segments.slice(start, end).map((segment) => segment.words);
    this.#parts.push({ words: words.join(' '), meaning });
    return end;
  }

  #addCondition(start: number, end: number, condition: Condition): number {
    this.#conditions.push(condition);
    return this.#addPart(start, end, condition.meaning);
  }

  /** The next index after fillers. */
  #skipFillers(index: number): number {
    let nextIndex = index;
    while (
      roleOf(this.#segments[nextIndex]) === 'skip' &&
      (this.#segments[nextIndex]?.meanings.length ?? 0) === 1
    )
      nextIndex += 1;
    return nextIndex;
  }

  /** A condition, a value or a name: the meaning that fits the subject best. */
  #readCondition(index: number): number | null {
    const segment = this.#segments[index];
    const subjectCondition = meaningsOfKind(segment, 'condition').find(
      ({ subject }) => subject === this.#subject,
    );
    if (subjectCondition)
      return this.#addCondition(index, index + 1, {
        sql: subjectCondition.condition,
        meaning: subjectCondition.meaning,
      });
    const values = meaningsOfKind(segment, 'value').toSorted(
      (a, b) => Number(b.type === this.#subject) - Number(a.type === this.#subject),
    );
    const conditions = [
      ...values
        .filter(({ type }) => type === this.#subject)
        .map((value) => valueCondition(this.#subject, value)),
      ...meaningsOfKind(segment, 'name').map((name) => nameCondition(this.#subject, name)),
      ...values.map((value) => valueCondition(this.#subject, value)),
    ].filter((candidate) => candidate !== null);
    const [condition] = conditions;
    if (condition === undefined) return null;
    // Several universities can share the words that name one.
    const sameColumnConditions = conditions.filter(
      (candidate) => 'value' in candidate && 'value' in condition && candidate.column === condition.column,
    );
    const isFromNames = values.length === 0;
    if (isFromNames) this.#conditions.push(...sameColumnConditions.slice(1));
    return this.#addCondition(index, index + 1, condition);
  }

  #readRole(index: number): number | null {
    const segment = this.#segments[index];
    const nextIndex = this.#skipFillers(index + 1);
    if (hasRole(segment, 'leaving')) {
      const condition = leavingCondition(this.#subject);
      const end = hasRole(this.#segments[nextIndex], 'term') ? nextIndex + 1 : index + 1;
      return condition && this.#addCondition(index, end, condition);
    }
    const role = roleOf(segment);
    if (role === null) return null;
    if (role === 'term') return this.#readTermFirst(index, nextIndex);
    if (role === 'skip' || role === 'who' || role === 'knows') return index + 1;
    if (role === 'or') return this.#areAlternatives(index - 1, nextIndex) ? index + 1 : null;
    if (role === 'count') {
      this.#isCount = true;
      return this.#addPart(index, index + 1, 'how many');
    }
    if (role === 'by') return this.#readGroup(index, nextIndex);
    if (role === 'with' || role === 'without') return this.#readPresence(index, nextIndex, role === 'with');
    if (role === 'most' || role === 'least') return this.#readExtreme(index, nextIndex, role);
    return this.#readComparison(index, nextIndex, role);
  }

  /** Values of one column are always alternatives. */
  #areAlternatives(leftIndex: number, rightIndex: number): boolean {
    const columns = meaningsOfKind(this.#segments[leftIndex], 'value').map(
      ({ type, column }) => `${type}.${column}`,
    );
    return meaningsOfKind(this.#segments[rightIndex], 'value').some(({ type, column }) =>
      columns.includes(`${type}.${column}`),
    );
  }

  /** German word order: "Who this term leaves". */
  #readTermFirst(index: number, nextIndex: number): number | null {
    const condition = hasRole(this.#segments[nextIndex], 'leaving') ? leavingCondition(this.#subject) : null;
    return condition && this.#addCondition(index, nextIndex + 1, condition);
  }

  #readGroup(index: number, nextIndex: number): number | null {
    const property = this.#propertyAt(nextIndex, 'group');
    if (!property || this.#group) return null;
    this.#group = property;
    return this.#addPart(index, nextIndex + 1, `counted by ${property.label}`);
  }

  #readPresence(index: number, nextIndex: number, isPresent: boolean): number | null {
    const property = this.#propertyAt(nextIndex, 'presence');
    const nextSegment = this.#segments[this.#skipFillers(nextIndex + 1)];
    const role = roleOf(nextSegment);
    const isCompared =
      (role !== null && comparisonRoles.has(role)) || meaningsOfKind(nextSegment, 'value').length > 0;
    if (isPresent && (!property || isCompared)) return index + 1;
    return property && this.#addCondition(index, nextIndex + 1, presenceCondition(property, isPresent));
  }

  #readExtreme(index: number, nextIndex: number, role: 'most' | 'least'): number | null {
    const property = this.#propertyAt(nextIndex, 'number');
    if (property?.kind !== 'number' || this.#order) return null;
    this.#order = { column: property.column, direction: role === 'most' ? 'DESC' : 'ASC' };
    return this.#addPart(index, nextIndex + 1, `ordered by ${property.label}, ${role} first`);
  }

  /** The number of a segment. If it is ambiguous, the limits of the field decide, then the language. */
  #numberAt(index: number, field: NumberField): number {
    const number = this.#segments[index]?.number;
    return number ? number.values[decimalSignOf(number, field) ?? this.#decimalSign] : 0;
  }

  /** "More than 5 students". */
  #readComparison(index: number, nextIndex: number, role: Role): number | null {
    if (!this.#segments[nextIndex]?.number) return null;
    const propertyIndex = this.#skipFillers(nextIndex + 1);
    const property = this.#propertyAt(propertyIndex, 'number');
    return property?.kind === 'number'
      ? this.#addComparison(index, propertyIndex + 1, property, role, nextIndex)
      : null;
  }

  #addComparison(start: number, end: number, property: Property, role: Role, numberIndex: number): number {
    const { column, label } = property;
    const number = this.#numberAt(numberIndex, property);
    const meaning = `${label} is ${comparisonWords[role] ?? ''} ${number}`.replaceAll('  ', ' ');
    return this.#addCondition(start, end, { sql: `${column} ${role} ${number}`, meaning, column });
  }

  /** "3 terms left", or "the 5 largest teams". */
  #readNumber(index: number): number | null {
    const number = this.#numberAt(index, { whole: true, min: 1, max: maxLimit });
    const nextIndex = this.#skipFillers(index + 1);
    const isBeforeSubject =
      nextIndex === this.#subjectIndex ||
      (meaningsOfKind(this.#segments[nextIndex], 'order').length > 0 && nextIndex < this.#subjectIndex);
    if (isBeforeSubject && Number.isInteger(number) && number >= 1 && number <= maxLimit) {
      this.#limit = number;
      return this.#addPart(index, index + 1, `at most ${number}`);
    }
    const property = this.#propertyAt(nextIndex, 'number');
    return property?.kind === 'number'
      ? this.#addComparison(index, nextIndex + 1, property, '=', index)
      : null;
  }

  #readOrder(index: number): number | null {
    const columns = new Set(propertiesOf(this.#subject).map(({ column }) => column));
    const order = meaningsOfKind(this.#segments[index], 'order').find(
      ({ column }) => columns.has(column) || (column.endsWith('_at') && this.#subject !== 'people'),
    );
    if (!order || this.#order) return null;
    this.#order = order;
    const firstText = order.direction === 'ASC' ? 'lowest' : 'highest';
    return this.#addPart(
      index,
      index + 1,
      `ordered by ${order.column.replaceAll('_', ' ')}, ${firstText} first`,
    );
  }

  /** "Knowledge lost over 40 percent", "discipline software", or a column to show. */
  #readProperty(index: number): number | null {
    const property = this.#propertyAt(index, 'named');
    if (!property) return null;
    const nextIndex = this.#skipFillers(index + 1);
    const role = roleOf(this.#segments[nextIndex]);
    const numberIndex = this.#skipFillers(nextIndex + 1);
    const hasNumber = this.#segments[numberIndex]?.number != null;
    if (role !== null && comparisonRoles.has(role) && hasNumber && property.kind === 'number') {
      const hasUnit = meaningsOfKind(this.#segments[numberIndex + 1], 'unit').some(
        ({ unit }) => unit === property.unit,
      );
      return this.#addComparison(index, numberIndex + (hasUnit ? 2 : 1), property, role, numberIndex);
    }
    const isBeforeValue =
      [
        ...meaningsOfKind(this.#segments[nextIndex], 'value'),
        ...meaningsOfKind(this.#segments[nextIndex], 'name'),
      ].length > 0;
    if (isBeforeValue) return index + 1;
    if (property.kind === 'list') return null;
    this.#requestedColumns.push(property.column);
    return this.#addPart(index, index + 1, `column ${property.label}`);
  }

  /** A type before a record's name, as in "of the team Thermal". */
  #readNoun(segmentIndex: number): number | null {
    const [noun] = meaningsOfKind(this.#segments[segmentIndex], 'subject');
    const adjacent = [segmentIndex - 1, this.#skipFillers(segmentIndex + 1)].flatMap((index) => [
      ...meaningsOfKind(this.#segments[index], 'name'),
      ...meaningsOfKind(this.#segments[index], 'value'),
    ]);
    return noun && adjacent.some(({ type }) => type === noun.subject) ? segmentIndex + 1 : null;
  }

  /** The property of the subject that a segment names: by itself, by a type that the subject counts or refers to, or by a unit. */
  #propertyAt(index: number, use: 'group' | 'presence' | 'number' | 'named'): Property | null {
    const segment = this.#segments[index];
    if (!segment || index === this.#subjectIndex) return null;
    const properties = propertiesOf(this.#subject);
    const namedProperties = meaningsOfKind(segment, 'property')
      .map(({ property }) => property)
      .filter(({ subject }) => subject === this.#subject);
    const typeProperties = meaningsOfKind(segment, 'subject').flatMap(({ subject }) =>
      subject === 'people'
        ? []
        : properties.filter(
            ({ to, column }) => to === subject || column === tallyColumn(tallyKeyOf(subject)),
          ),
    );
    const unitMatches = meaningsOfKind(segment, 'unit').flatMap(({ unit }) => {
      const unitProperties = properties.filter((property) => property.unit === unit);
      return unitProperties.length === 1 ? unitProperties : [];
    });
    const candidates =
      use === 'named' ? namedProperties : [...namedProperties, ...typeProperties, ...unitMatches];
    if (use === 'number') return candidates.find(({ kind }) => kind === 'number') ?? null;
    if (use === 'group')
      return candidates.find(({ kind, column }) => kind !== 'list' && !column.endsWith('_count')) ?? null;
    return candidates[0] ?? null;
  }
}

const tallyKeyOf = (type: Exclude<Subject, 'people'>): string =>
  type === 'interface' ? 'links' : tableOf[type];
