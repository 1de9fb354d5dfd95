import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { unambiguousDay, isImpossibleDay } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { maxTextLength } from '#shared/domain/field.ts';
import { decimalSignOf, parseNumberText, shareOfMark } from '#shared/domain/number-text.ts';
import type { NumberField, NumberText } from '#shared/domain/number-text.ts';
import { isDeeperThan, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxDepth, hasControls, maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { schemeOf } from '#shared/domain/web-address.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { formerWords } from '../../model/interchange/value-words.ts';
import { cellText } from './cell.ts';
import type { Cell } from './cell.ts';
import { knownValue } from './synonyms.ts';

export interface ReadNumber {
  value: number;
  converted: boolean;
}

/** How the numbers of a column are written. */
export interface NumberNotation {
  decimalComma: boolean;
  /** Whether neither the column nor the table shows it; then the limits of the field come first. */
  isGuessed?: boolean;
}

/** A number of a table. Null for other text, and for a number of which a digit would be lost. */
export function readNumber(
  text: string,
  field: NumberField,
  { decimalComma, isGuessed = false }: NumberNotation,
): ReadNumber | null {
  const year = field.unit === 'year' ? yearOf(text) : null;
  const number = parseNumberText(text, field.unit);
  if (year || !number?.isExact) return year;
  const { values, isAmbiguous, factor } = number;
  const sign = (isGuessed ? decimalSignOf(number, field) : null) ?? (decimalComma ? ',' : '.');
  const isMark = field.unit === 'percent' && shareOfMark(text) !== null;
  const isConverted = isMark || factor !== 1 || (isAmbiguous && (sign === ',' || text.includes(',')));
  return { value: values[sign], converted: isConverted };
}

function yearOf(text: string): ReadNumber | null {
  const match =
    /^(\d{4})-\d{2}-\d{2}/.exec(text.trim()) ?? /^\d{1,2}[./]\d{1,2}[./](\d{4})$/.exec(text.trim());
  return match ? { value: Number(match[1]), converted: true } : null;
}

export interface Reading {
  /** The field's value; undefined if empty. */
  value?: Json;
  isUnfit?: boolean;
  problem?: { code: SheetProblem['code']; action: SheetProblem['action']; becomes?: Json };
}

export const unfitReading = (code: SheetProblem['code']): Reading => ({
  isUnfit: true,
  problem: { code, action: 'empty' },
});

const yesWords = new Set([
  ...'oui,si,sim,tak,ano,evet,igen,da,kylla,joo,да,是,はい,예,네'.split(','),
  'yes',
  'y',
  'ja',
  'j',
  'true',
  'wahr',
  '1',
  'x',
  'on',
  'active',
  'aktiv',
  'success',
  'successful',
  'erfolg',
  'passed',
  'lead',
]);
const noWords = new Set([
  ...'non,nao,nie,ne,nee,hayir,nem,nu,ei,nej,nei,нет,否,いいえ,아니요'.split(','),
  'no',
  'n',
  'nein',
  'false',
  'falsch',
  '0',
  'off',
  'inactive',
  'inaktiv',
  'failure',
  'failed',
  'misserfolg',
  'none',
]);
const ticks = /^[✓✔☑✅]\ufe0f?$/u;
const crosses = /^[-–—✗✘☐❌]\ufe0f?$/u;

/** Yes or no, or null. */
export function readYesNo(cell: Cell): boolean | null {
  if (typeof cell === 'boolean') return cell;
  const text = cellText(cell);
  if (ticks.test(text)) return true;
  if (crosses.test(text)) return false;
  const word = plainHeading(text);
  if (yesWords.has(word)) return true;
  return noWords.has(word) ? false : null;
}

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(','));

/** Words for people who are still there, and for those who have left. */
const enrolledWords = setOf(
  '재학,휴학,졸업예정,在学,在籍,在読,在读,休学,enrolled,immatrikuliert,eingeschrieben,inscrit,inscrite,matriculado,matriculada,iscritto,iscritta,actif,active member,activo,activa,attivo,attiva,ativo,ativa,aktywny,aktywna,aktivni,aktief,actief,beurlaubt,on leave,leave of absence,current',
);
const departedWords: ReadonlySet<string> = new Set([
  ...formerWords,
  ...setOf(
    '졸업,수료,제적,자퇴,卒業,修了,退学,除籍,毕业,退学,suspended,not current,sospeso,sospesa,suspendido,suspendida,suspenso,suspensa,suspendu,suspendue,gesperrt,geschorst,zawieszony,zawieszona,pozastaveny,avstangd,left,former,gone,departed,withdrawn,graduated,completed,ausgeschieden,ausgetreten,exmatrikuliert,ehemalig,verlassen,parti,partie,sorti,sortie,inactif,inactiva,inactivo,baja,inattivo,inattiva,uscito,uscita,inativo,inativa,nieaktywny,nieaktywna,odszedl,odeszla,neaktivni,inactief,vertrokken,uit dienst,retired,emeritus,resigned,terminated,dropped out,abgebrochen',
  ),
]);

/** Yes or no for a field, or null: "ausgeschieden" is no active person. */
export function readFlag({ key }: Pick<Field, 'key'>, cell: Cell): boolean | null {
  const answer = readYesNo(cell);
  if (answer !== null || key !== 'active') return answer;
  const word = plainHeading(cellText(cell));
  if (enrolledWords.has(word)) return true;
  return departedWords.has(word) ? false : null;
}

function readNumberCell(field: Field, cell: Cell, notation: NumberNotation): Reading {
  const number =
    typeof cell === 'number'
      ? { value: cell, converted: false }
      : readNumber(cellText(cell), field, notation);
  if (!number) return unfitReading('not_a_number');
  const { value, converted } = number;
  const isInRange = value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity);
  if (!isInRange) return unfitReading('out_of_range');
  if (field.whole && !Number.isSafeInteger(value))
    return unfitReading(Number.isInteger(value) ? 'out_of_range' : 'not_whole');
  if (value > (field.likelyMax ?? Infinity))
    return {
      value,
      problem: { code: 'unlikely_number', action: 'kept', ...(converted ? { becomes: value } : {}) },
    };
  return converted
    ? { value, problem: { code: 'converted', action: 'converted', becomes: value } }
    : { value };
}

function readTextCell(field: Field, cell: Cell): Reading {
  const rawText = cellText(cell);
  const hasForbiddenControls = field.kind !== 'longtext' && hasControls(rawText);
  const text = hasForbiddenControls ? withoutControls(rawText) : rawText;
  const maxLength = maxTextLength(field);
  if (field.kind === 'url' && !['https', null].includes(schemeOf(text))) return unfitReading('not_https');
  return text.length > maxLength ? unfitReading('too_long') : { value: text };
}

/** An unambiguous date in any notation; else the text. */
function readDayCell(field: Field, cell: Cell): Reading {
  const text = cellText(cell);
  if (isImpossibleDay(text)) return unfitReading('not_a_date');
  const day = unambiguousDay(text);
  if (day === null || day === text) return readTextCell(field, cell);
  return { value: day, problem: { code: 'converted', action: 'converted', becomes: day } };
}

function readChoiceCell(field: Field, cell: Cell): Reading {
  const text = withoutControls(cellText(cell));
  if (text.length > maxLengths.name) return unfitReading('too_long');
  const knownChoice = field.list ? knownValue(field.list, text) : text;
  if (knownChoice === null) return { value: text, problem: { code: 'unknown_choice', action: 'kept' } };
  if (isSameWord(knownChoice, text)) return { value: knownChoice };
  return { value: knownChoice, problem: { code: 'converted', action: 'converted', becomes: knownChoice } };
}

/** Whether a text is the value in another spelling: "Mission Ops", "team – team". */
const isSameWord = (value: string, text: string): boolean =>
  [plainHeading(value), plainHeading(value.replace('-to-', ' '))].includes(plainHeading(text));

/** The value of a cell of any kind: exported lists and objects are parsed. */
function parseNotes(cell: Cell): Json {
  const text = cellText(cell);
  if (!/^[[{]/.test(text)) return typeof cell === 'string' ? text : cell;
  try {
    const json = JSON.parse(text) as Json;
    return isDeeperThan(json, maxDepth) ? text : json;
  } catch {
    return text;
  }
}

const errorPattern = /^#(?:REF!|N\/A|NAME\?|DIV\/0!|VALUE!|NULL!|NUM!|BEZUG!|NV|WERT!|ZAHL!|SPILL!|CALC!)$/i;

export const isCellError = (cell: Cell): boolean =>
  typeof cell === 'string' && errorPattern.test(cell.trim());

/** Reads a nonblank cell for a field's kind, except references. */
export function readCell(field: Field, cell: Cell, numberNotation: NumberNotation): Reading {
  if (isCellError(cell)) return unfitReading('cell_error');
  switch (field.kind) {
    case 'number':
      return readNumberCell(field, cell, numberNotation);
    case 'boolean': {
      const value = readFlag(field, cell);
      return value === null ? unfitReading('not_yes_or_no') : { value };
    }
    case 'choice':
      return readChoiceCell(field, cell);
    case 'date':
      return readDayCell(field, cell);
    case 'json': {
      const value = parseNotes(cell);
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      if (field.key !== 'meta' && !isObject) return unfitReading('not_an_object');
      return { value };
    }
    default:
      return readTextCell(field, cell);
  }
}

/**
 * Converts a row's custom values to the kinds of the values that the record has: text files have no numbers or booleans, and lists and
 * objects are JSON. Other values stay text.
 */
export function toStoredKinds(
  customValues: Readonly<Record<string, Json>>,
  before: JsonObject,
  numberNotation: NumberNotation,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(customValues).map(([name, value]) => {
      const storedValue = Object.hasOwn(before, name) ? before[name] : undefined;
      return [name, typeof value === 'string' ? convertLike(value, storedValue, numberNotation) : value];
    }),
  );
}

const yesNoPattern = /^(?:yes|no|ja|nein|true|false|wahr|falsch)$/i;

function convertLike(text: string, storedValue: Json | undefined, { decimalComma }: NumberNotation): Json {
  if (typeof storedValue === 'number') return parseLikeStored(text, storedValue, decimalComma) ?? text;
  if (typeof storedValue === 'boolean')
    return yesNoPattern.test(text.trim()) ? (readYesNo(text) ?? text) : text;
  if (typeof storedValue !== 'object' || storedValue === null || !/^[[{]/.test(text)) return text;
  try {
    const json = JSON.parse(text) as Json;
    return jsonEqual(json, storedValue) ? storedValue : text;
  } catch {
    return text;
  }
}

/** Codes and telephone numbers: with a leading zero or plus sign, or digits in groups ("612 345"). */
const codePattern = /^(?:-?0\d|\+)|^\d+(?:\s\d+)+$|[^\d.,\s'’-]/;

/** The number in a text of a custom field; null for a code and for other text. */
export function customNumber(text: string): NumberText | null {
  const number = codePattern.test(text) ? null : parseNumberText(text);
  return number?.isExact === true ? number : null;
}

/** The number in a text, if it is not ambiguous. A point is decimal in programs' notation. */
function parseLikeStored(text: string, storedNumber: number, decimalComma: boolean): number | null {
  if (text === String(storedNumber)) return storedNumber;
  const number = customNumber(text);
  if (!number || (number.isAmbiguous && (decimalComma || text.includes(',')))) return null;
  return number.values['.'];
}
