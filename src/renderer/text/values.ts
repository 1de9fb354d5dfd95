import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import { say } from '../i18n/setup.ts';
import { choiceName } from './names.ts';

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

/** A number as it is read: `1,250`. Years keep their four digits together. */
export function numberText(value: number, unit?: Field['unit']): string {
  return unit === 'year' ? String(value) : numbers.format(value);
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A count where there is little room: `2,954`, and from ten thousand on `42K`. */
export function shortNumber(value: number): string {
  return value < 10_000 ? numbers.format(value) : short.format(value);
}

function withUnit(value: number, unit: Field['unit']): string {
  if (unit === undefined || unit === 'year') return numberText(value, unit);
  return say(`records:unit.${unit}`, { count: value });
}

/** A value in a line of text; "–" for nothing. References stay ids: whoever shows them knows their names. */
export function valueText(value: Json | undefined, field?: Pick<Field, 'kind' | 'unit'>): string {
  if (value === undefined || value === null || value === '') return say('common:unknown');
  if (typeof value === 'boolean') return say(value ? 'common:yes' : 'common:no');
  if (typeof value === 'number') return withUnit(value, field?.unit);
  if (typeof value === 'string') return field?.kind === 'choice' ? choiceName(value) : value;
  return JSON.stringify(value);
}

/** The declared field of a type named as text, or undefined. */
export function fieldNamed(type: string, key: string): Field | undefined {
  return isEntityType(type) ? fieldOf(type, key) : undefined;
}

/** Why a value looks odd, as a sentence, or null when it is as expected. Odd values are kept, shown and flagged. */
export function oddity(value: Json | undefined, field: Field): string | null {
  if (value === undefined || value === null || value === '') return null;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  if (field.kind === 'choice' && field.list && !isKnown(field.list, value)) {
    return say('records:unknownValue', { value: shown });
  }
  if (field.kind === 'number' && typeof value !== 'number')
    return say('records:notANumber', { value: shown });
  return null;
}
