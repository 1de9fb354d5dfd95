import { isJsonObject } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { badValue } from './option.ts';
import { UsageError } from './usage-error.ts';

/** The JSON object in an option: the fields of a record. Throws UsageError. */
export function readObject(given: string | undefined, name: string): JsonObject {
  if (given === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(given);
  } catch (error) {
    const reason = (error as Error).message;
    throw new UsageError(`${name} is not JSON: ${reason}.`, { argument: name, given });
  }
  if (!isJsonObject(value)) throw badValue(name, given, 'a JSON object such as {"name": "Flight software"}');
  return value;
}
