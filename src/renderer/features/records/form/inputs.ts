import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { numberLocale } from '../../../text/formats.ts';
import { typedDay } from '../../../text/typed-day.ts';
import { formatNumber, parseNumber } from '../sheet/number.ts';
import { noNumber } from './messages.ts';

/** What a control holds while somebody types: text for almost everything, so that nothing typed is ever lost. */
export type Raw = string | boolean | null;

export type Parsed = { ok: true; value: Json | undefined } | { ok: false; message: string };

/** A stored value as its control shows it. A value of the wrong type is shown as it is, not dropped. */
export function toRaw(field: Pick<Field, 'kind'>, value: Json | undefined): Raw {
  if (field.kind === 'boolean' && (typeof value === 'boolean' || value === null || value === undefined)) {
    return value ?? null;
  }
  if (value === undefined || (value === null && field.kind !== 'json'))
    return field.kind === 'boolean' ? null : '';
  if (field.kind === 'json') return JSON.stringify(value, null, 2);
  // Among days a figure is no amount.
  if (typeof value === 'number' && field.kind === 'date') return String(value);
  // As the person writes numbers, so that 1.125 is not read back as a thousand.
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseJson(text: string): Parsed {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return {
      ok: false,
      message: say('faults:issue.json', { message: error instanceof Error ? error.message : '' }),
    };
  }
}

function numberFrom(text: string): Parsed {
  if (text.trim() === '') return { ok: true, value: null };
  const value = parseNumber(text, numberLocale());
  return value === null ? { ok: false, message: noNumber(text) } : { ok: true, value };
}

function parseBoolean(raw: Raw): Parsed {
  if (typeof raw !== 'string') return { ok: true, value: raw };
  const word = raw.trim().toLowerCase();
  if (['yes', 'y', 'true', '1', say('common:yes').toLowerCase()].includes(word))
    return { ok: true, value: true };
  if (['no', 'n', 'false', '0', say('common:no').toLowerCase()].includes(word))
    return { ok: true, value: false };
  return word === '' ? { ok: true, value: null } : { ok: false, message: say('faults:issue.boolean') };
}

/** A figure with a zero or plus before it is a code or a telephone. */
const isCode = (text: string): boolean => /^[+-]?0\d|^\+/.test(text);

/** A number just as it is written among days. */
const isFigure = (text: string): boolean => Number.isFinite(Number(text)) && String(Number(text)) === text;

/**
 * What was typed into an own field: nothing takes the field out of the record, a figure is a number where the others are, and so is a
 * day that this person writes so. Any other text is itself. Nothing is refused, as nobody said what the field may hold.
 */
function fromOwn({ kind }: Pick<Field, 'kind'>, raw: Raw): Parsed {
  if (typeof raw !== 'string') return { ok: true, value: raw ?? undefined };
  const text = raw.trim();
  if (text === '') return { ok: true, value: undefined };
  const number = kind === 'number' && !isCode(text) ? parseNumber(text, numberLocale()) : null;
  const day = kind === 'date' ? typedDay(text) : null;
  const figure = kind === 'date' && isFigure(text) ? Number(text) : null;
  return { ok: true, value: number ?? day ?? figure ?? (kind === 'longtext' ? raw : text) };
}

/** The value that a control's content stands for; undefined removes the field. Emptied text becomes null, unless it must be there. */
export function fromRaw(field: Pick<Field, 'kind' | 'required' | 'own'>, raw: Raw): Parsed {
  if (field.kind === 'boolean') {
    const parsed = parseBoolean(raw);
    return field.own && (!parsed.ok || parsed.value === null) ? fromOwn(field, raw) : parsed;
  }
  if (field.own && field.kind !== 'json') return fromOwn(field, raw);
  const text = typeof raw === 'string' ? raw : '';
  if (field.kind === 'json') return parseJson(text);
  if (field.kind === 'number') return numberFrom(text);
  if (field.kind === 'longtext') return { ok: true, value: text === '' ? null : text };
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: field.required && field.kind === 'text' ? '' : null };
  return { ok: true, value: trimmed };
}
