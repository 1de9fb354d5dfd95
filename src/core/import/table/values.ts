import type { SheetProblem } from '#shared/contract/sheets.ts';
import { unambiguousDay, isImpossibleDay } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { maxTextLength } from '#shared/domain/field.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { isDeeperThan, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxDepth, hasControls, maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { schemeOf } from '#shared/domain/web-address.ts';
import { parsePlainNumber } from '#shared/domain/custom-fields.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { cellText } from './cell.ts';
import type { Cell } from './cell.ts';
import { knownValue } from './synonyms.ts';

export interface ReadNumber {
  value: number;
  converted: boolean;
}

type Unit = FieldInfo['unit'];

const units: Readonly<Record<NonNullable<Unit>, Readonly<Record<string, number>>>> = {
  months: {
    ...unitFactors(['month', 'months', 'mo', 'mos', 'mon', 'm', 'monat', 'monate', 'monaten'], 1),
    ...unitFactors(['year', 'years', 'yr', 'yrs', 'y', 'a', 'jahr', 'jahre', 'jahren'], 12),
    ...unitFactors(['semester', 'semesters'], 6),
  },
  people: unitFactors(
    ['person', 'persons', 'people', 'personen', 'members', 'member', 'mitglieder', 'students', 'studierende'],
    1,
  ),
  terms: unitFactors(['term', 'terms', 'semester', 'semesters', 'trimester', 'quarters'], 1),
  percent: unitFactors(['%', 'percent', 'per cent', 'prozent', 'pct'], 1),
  year: {},
};

function unitFactors(words: readonly string[], factor: number): Record<string, number> {
  return Object.fromEntries(words.map((word) => [word, factor]));
}

/**
 * The number in a text, with decimal point or comma, thousands separators, and a unit that the field knows (years become months). Null if
 * there is other text or a digit would be lost. `decimalComma`: a lone comma before three digits is decimal.
 */
export function readNumber(text: string, unit: Unit, decimalComma: boolean): ReadNumber | null {
  const trimmed = text.trim();
  // Exported notation of very large or small numbers.
  if (/^-?\d[\d.]*e[+-]\d+$/.test(trimmed) && String(Number(trimmed)) === trimmed)
    return { value: Number(trimmed), converted: false };
  const match = /^([+-]?[\d.,'\u2019\s\u00a0\u202f]*\d[\d.,]*)\s*([^\d.,]*)$/.exec(trimmed);
  const year = unit === 'year' ? yearOf(text) : null;
  if (year || !match) return year;
  const [, figureText = '', unitText = ''] = match;
  const figure = parseFigure(figureText.replaceAll(/['\u2019\s\u00a0\u202f]/g, ''), decimalComma);
  if (figure === null) return null;
  const word = plainHeading(unitText);
  if (word === '') return unitText.trim() === '' || unitText === '+' ? figure : null;
  const factor = unit && Object.hasOwn(units[unit], word) ? units[unit][word] : undefined;
  if (factor === undefined) return null;
  const value = Math.round(figure.value * factor * 1e6) / 1e6;
  return { value, converted: figure.converted || factor !== 1 };
}

function yearOf(text: string): ReadNumber | null {
  const match =
    /^(\d{4})-\d{2}-\d{2}/.exec(text.trim()) ?? /^\d{1,2}[./]\d{1,2}[./](\d{4})$/.exec(text.trim());
  return match ? { value: Number(match[1]), converted: true } : null;
}

function parseFigure(text: string, decimalComma: boolean): ReadNumber | null {
  const lastComma = text.lastIndexOf(',');
  const lastPoint = text.lastIndexOf('.');
  if (lastComma >= 0 && lastPoint >= 0) {
    const decimal = lastComma > lastPoint ? ',' : '.';
    return parseGrouped(text, decimal === ',' ? '.' : ',', decimal, false);
  }
  if (lastComma >= 0) return parseOneSeparator(text, ',', decimalComma);
  if (lastPoint >= 0) return parseOneSeparator(text, '.', !decimalComma);
  return parseExact(text, false);
}

/** Parses one kind of separator: thousands if repeated, or before three digits unless `isDecimal`. */
function parseOneSeparator(text: string, separator: ',' | '.', isDecimal: boolean): ReadNumber | null {
  const isRepeated = text.indexOf(separator) !== text.lastIndexOf(separator);
  const isGrouped = new RegExp(`^[+-]?[1-9]\\d{0,2}(\\${separator}\\d{3})+$`).test(text);
  if (isGrouped && (isRepeated || !isDecimal)) return parseExact(text.replaceAll(separator, ''), !isRepeated);
  return isRepeated ? null : parseExact(text.replace(separator, '.'), isGrouped && separator === ',');
}

function parseGrouped(text: string, group: string, decimal: string, converted: boolean): ReadNumber | null {
  const [integerPart = '', fraction = '', ...otherParts] = text.split(decimal);
  const isGrouped = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+$`).test(integerPart);
  if (otherParts.length > 0 || !isGrouped || fraction.includes(group)) return null;
  return parseExact(`${integerPart.replaceAll(group, '')}.${fraction}`, converted);
}

/** Null if a digit would be lost. JavaScript's own notation of a number is exact. */
function parseExact(text: string, converted: boolean): ReadNumber | null {
  if (String(Number(text)) === text) return { value: Number(text), converted };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) || text.replaceAll(/\D/g, '').length > 15) return null;
  return { value: Number(text), converted };
}

export interface Reading {
  /** The field's value; undefined if empty. */
  value?: Json;
  isUnfit?: boolean;
  problem?: { code: SheetProblem['code']; action: SheetProblem['action']; becomes?: Json };
}

export interface NumberNotation {
  decimalComma: boolean;
}

const unfitReading = (code: SheetProblem['code']): Reading => ({
  isUnfit: true,
  problem: { code, action: 'empty' },
});

const yesWords = new Set([
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

function readNumberCell(field: Field, cell: Cell, { decimalComma }: NumberNotation): Reading {
  const number =
    typeof cell === 'number'
      ? { value: cell, converted: false }
      : readNumber(cellText(cell), field.unit, decimalComma);
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
      const value = readYesNo(cell);
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

/** "1.500" can be 1,500 in a table with decimal commas. */
const groupedPattern = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** The number in a text: in programs' notation, or with a decimal comma if the table uses it. Null if ambiguous. */
function parseLikeStored(text: string, storedNumber: number, decimalComma: boolean): number | null {
  if (text === String(storedNumber)) return storedNumber;
  if (decimalComma && groupedPattern.test(text)) return null;
  return parsePlainNumber(decimalComma && /^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text);
}
