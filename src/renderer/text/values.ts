import { isDay, parseDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { isWebAddress } from '#shared/domain/web-address.ts';
import { isKnownValue } from '#shared/domain/vocabulary.ts';
import { say } from '../i18n/setup.ts';
import { formatDay, numberFormatter } from './formats.ts';
import { choiceName } from './names.ts';

const formatLong = numberFormatter({ maximumFractionDigits: 6 });

/** `1,250`. Years have no separator. */
export function numberText(value: number, unit?: Field['unit']): string {
  return unit === 'year' ? String(value) : formatLong(value);
}

const formatShort = numberFormatter({ notation: 'compact', maximumFractionDigits: 1 });

/** A short count: `2,954`, from ten thousand on `42K`. */
export function shortNumber(value: number): string {
  return value < 10_000 ? formatLong(value) : formatShort(value);
}

function withUnit(value: number, unit: Field['unit']): string {
  if (unit === undefined || unit === 'year') return numberText(value, unit);
  return say(`records:unit.${unit}`, { count: value });
}

/** A value in one line; "–" for nothing. References stay ids, because the names of records must be read first. */
export function valueText(value: Json | undefined, field?: Pick<Field, 'kind' | 'unit'>): string {
  if (value === undefined || value === null || value === '') return say('common:unknown');
  if (typeof value === 'boolean') return say(value ? 'common:yes' : 'common:no');
  if (typeof value === 'number') return withUnit(value, field?.unit);
  if (typeof value === 'string') {
    if (field?.kind === 'date' && isDay(value)) return formatDay(value);
    return field?.kind === 'choice' ? choiceName(value) : value;
  }
  return isJsonObject(value) ? (notesText(value) ?? JSON.stringify(value)) : JSON.stringify(value);
}

/** Notes in one line: `room: A431 · floor: 4`. Null for nested notes. */
function notesText(notes: JsonObject): string | null {
  const entries = Object.entries(notes);
  if (entries.some(([, one]) => typeof one === 'object' && one !== null)) return null;
  return entries.length === 0 ? null : entries.map(([name, one]) => `${name}: ${valueText(one)}`).join(' · ');
}

export function fieldNamed(type: string, key: string): Field | undefined {
  return isEntityType(type) ? fieldOf(type, key) : undefined;
}

/** Why a value is unexpected, as a sentence; null if it is not. Unexpected values are kept and flagged. */
export function unexpectedValueText(value: Json | undefined, field: Field): string | null {
  if (value === undefined || value === null || value === '') return null;
  const shownText = typeof value === 'string' ? value : JSON.stringify(value);
  if (field.kind === 'choice' && field.list && !isKnownValue(field.list, value)) {
    return say('records:unknownValue', { value: shownText });
  }
  if (field.kind === 'number' && typeof value !== 'number')
    return say('records:notANumber', { value: shownText });
  if (field.kind === 'date' && !(typeof value === 'string' && isDay(value)))
    return say(parseDay(shownText) ? 'records:unclearDate' : 'records:notADate', { value: shownText });
  if (field.kind === 'url' && !isWebAddress(shownText))
    return say('records:notAnAddress', { value: shownText });
  return null;
}
