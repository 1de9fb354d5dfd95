import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { numberLocale } from '../../../text/formats.ts';
import { unitName } from '../../../text/names.ts';
import { checkField } from '../form/check.ts';
import { choicesOf } from '../form/choices.ts';
import { noNumber } from '../form/messages.ts';
import { fromRaw } from '../form/inputs.ts';
import type { Parsed, Raw } from '../form/inputs.ts';
import { parseNumber } from './number.ts';

const unitsOf = (field: Field): readonly string[] => [unitName(field, 2), unitName(field, 1)];

function parseWord(field: Field, text: string): Parsed {
  const word = text.trim().toLowerCase();
  const known = choicesOf(field).find(({ name, value }) =>
    [name.toLowerCase(), String(value).toLowerCase()].includes(word),
  );
  if (known) return { ok: true, value: known.value };
  return field.kind === 'boolean'
    ? fromRaw(field, word)
    : { ok: true, value: word === '' ? null : text.trim() };
}

const plainKind = ({ kind }: Field): Field['kind'] => (kind === 'json' ? 'text' : kind);

function parse(field: Field, text: string): Parsed {
  // Of an own field of lists and objects a plain word is a plain word.
  if (field.own) return fromRaw(/^\s*[[{]/.test(text) ? field : { ...field, kind: plainKind(field) }, text);
  switch (field.kind) {
    case 'number': {
      if (text.trim() === '') return { ok: true, value: null };
      const value = parseNumber(text, numberLocale(), unitsOf(field));
      return value === null ? { ok: false, message: noNumber(text) } : { ok: true, value };
    }
    case 'choice':
    case 'boolean':
      return parseWord(field, text);
    default:
      return fromRaw(field, text);
  }
}

/**
 * The value that a text from a spreadsheet stands for in a field: numbers in the person's notation, choices by their name or value, yes
 * and no, JSON. Nothing is null, or undefined where the field then goes. A reference is taken as an id: titles are looked up elsewhere.
 */
export function parseValue(type: EntityType, field: Field, text: string): Parsed {
  const parsed = parse(field, text);
  if (!parsed.ok) return parsed;
  // The rules of the field are those of its form: what was understood goes through them as it would be typed.
  const checked = checkField(type, field, asTyped(field, parsed.value));
  return checked.ok ? parsed : checked;
}

function asTyped({ kind }: Field, value: Json | undefined): Raw {
  if (value === undefined || (value === null && kind !== 'json')) return '';
  if (kind === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  return JSON.stringify(value);
}
