import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';

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

function parseNumber(text: string): Parsed {
  if (text.trim() === '') return { ok: true, value: null };
  const value = Number(text.trim());
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, message: say('faults:issue.number') };
}

function parseBoolean(raw: Raw): Parsed {
  if (typeof raw !== 'string') return { ok: true, value: raw };
  const word = raw.trim().toLowerCase();
  if (['yes', 'y', 'true', '1'].includes(word)) return { ok: true, value: true };
  if (['no', 'n', 'false', '0'].includes(word)) return { ok: true, value: false };
  return word === '' ? { ok: true, value: null } : { ok: false, message: say('faults:issue.boolean') };
}

/** The value that a control's content stands for; undefined removes the field. Emptied text becomes null, unless it must be there. */
export function fromRaw(field: Pick<Field, 'kind' | 'required'>, raw: Raw): Parsed {
  if (field.kind === 'boolean') return parseBoolean(raw);
  const text = typeof raw === 'string' ? raw : '';
  if (field.kind === 'json') return parseJson(text);
  if (field.kind === 'number') return parseNumber(text);
  if (field.kind === 'longtext') return { ok: true, value: text === '' ? null : text };
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: field.required && field.kind === 'text' ? '' : null };
  return { ok: true, value: trimmed };
}
