import type { Json } from './json.ts';

export const isPlainValue = (value: Json | undefined): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** Whether two different such values tell apart people of one name: e-mail addresses, or numbers of three or more digits. */
export const isIdentifier = (value: Json | undefined): value is string | number =>
  isPlainValue(value) && /@|\d{3}/.test(String(value));

/** Whether one such value on both sides shows one person. A year or a room, of fewer than five digits, says too little. */
export const provesIdentity = (value: Json | undefined): value is string | number =>
  isPlainValue(value) && /@|(?:\d\D{0,2}){5}/.test(String(value));

export const isSameIdentifier = (one: string | number, other: string | number): boolean =>
  String(one).toLowerCase() === String(other).toLowerCase();
