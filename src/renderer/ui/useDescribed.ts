import { connection } from '../api/connection.ts';
import { describeError } from '../text/faults.ts';
import type { Described } from '../text/faults.ts';

/** What an error means to the person, also when it turns out that the connection does not come back by itself. */
export function useDescribed(error: unknown): Described {
  connection((state) => state.failure);
  return describeError(error);
}
