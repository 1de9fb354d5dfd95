import type { Json } from './json.ts';

export const isPlainValue = (value: Json | undefined): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** Whether a value can tell apart people of one name: an e-mail address, or a number of three or more digits. */
export const isIdentifier = (value: Json | undefined): value is string | number =>
  isPlainValue(value) && /@|\d{3}/.test(String(value));
