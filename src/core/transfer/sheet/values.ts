import type { SheetProblem } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { deeperThan } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { deepest, hasControls, longest, withoutControls } from '#shared/domain/limits.ts';
import { readNumber } from './numbers.ts';
import { cellText } from './table.ts';
import type { Cell } from './table.ts';
import { knownValue, plain } from './words.ts';

/** What became of one cell. */
export interface Reading {
  /** What the field will hold; undefined when it stays empty. */
  value?: Json;
  /** The field cannot hold it: it is kept beside. */
  aside?: boolean;
  problem?: { code: SheetProblem['code']; action: SheetProblem['action']; becomes?: Json };
}

/** How the numbers of a table are written. */
export interface Writing {
  decimalComma: boolean;
}

const aside = (code: SheetProblem['code']): Reading => ({ aside: true, problem: { code, action: 'empty' } });

const yes = new Set([
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
const no = new Set([
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

/** The answer that a text is, or null. */
export function readYesNo(cell: Cell): boolean | null {
  if (typeof cell === 'boolean') return cell;
  const text = cellText(cell);
  if (ticks.test(text)) return true;
  if (crosses.test(text)) return false;
  const word = plain(text);
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}

function asNumber(field: Field, cell: Cell, { decimalComma }: Writing): Reading {
  const read =
    typeof cell === 'number'
      ? { value: cell, converted: false }
      : readNumber(cellText(cell), field.unit, decimalComma);
  if (!read) return aside('not_a_number');
  const { value, converted } = read;
  const inRange = value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity);
  if (!inRange || (field.whole && !Number.isSafeInteger(value))) return aside('out_of_range');
  if (value > (field.seldomOver ?? Infinity))
    return {
      value,
      problem: { code: 'unlikely_number', action: 'kept', ...(converted ? { becomes: value } : {}) },
    };
  return converted
    ? { value, problem: { code: 'converted', action: 'converted', becomes: value } }
    : { value };
}

function asText(field: Field, cell: Cell): Reading {
  const given = cellText(cell);
  const text = field.kind === 'longtext' ? given : hasControls(given) ? withoutControls(given) : given;
  const most = field.kind === 'longtext' ? longest.text : longest.name;
  return text.length > most ? aside('too_long') : { value: text };
}

function asChoice(field: Field, cell: Cell): Reading {
  const text = withoutControls(cellText(cell));
  if (text.length > longest.name) return aside('too_long');
  const known = field.list ? knownValue(field.list, text) : text;
  return known === null
    ? { value: text, problem: { code: 'unknown_choice', action: 'kept' } }
    : isSameWord(known, text)
      ? { value: known }
      : { value: known, problem: { code: 'converted', action: 'converted', becomes: known } };
}

/** Whether a text is the value itself, however it is written: "Mission Ops", "team – team". */
const isSameWord = (value: string, text: string): boolean =>
  [plain(value), plain(value.replace('-to-', ' '))].includes(plain(text));

/** What stands in a cell for anything: what FRAMES exports of lists and objects is read as these, all else is what it is. */
function asNotes(cell: Cell): Json {
  const text = cellText(cell);
  if (!/^[[{]/.test(text)) return typeof cell === 'string' ? text : cell;
  try {
    const read = JSON.parse(text) as Json;
    return deeperThan(read, deepest) ? text : read;
  } catch {
    return text;
  }
}

/** Signs that spreadsheet programs put where a formula failed. */
const failed = /^#(?:REF!|N\/A|NAME\?|DIV\/0!|VALUE!|NULL!|NUM!|BEZUG!|NV|WERT!|ZAHL!|SPILL!|CALC!)$/i;

export const isCellError = (cell: Cell): boolean => typeof cell === 'string' && failed.test(cell.trim());

/** Reads one cell that is not blank as a field's kind. References are read elsewhere: they need to know who is there. */
export function readCell(field: Field, cell: Cell, writing: Writing): Reading {
  if (isCellError(cell)) return aside('cell_error');
  switch (field.kind) {
    case 'number':
      return asNumber(field, cell, writing);
    case 'boolean': {
      const value = readYesNo(cell);
      return value === null ? aside('not_yes_or_no') : { value };
    }
    case 'choice':
      return asChoice(field, cell);
    case 'json':
      return { value: asNotes(cell) };
    default:
      return asText(field, cell);
  }
}
