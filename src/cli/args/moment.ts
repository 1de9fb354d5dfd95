import { timeMeant } from '#shared/domain/moments.ts';
import type { MomentEdge } from '#shared/domain/moments.ts';
import { badValue } from './option.ts';

/**
 * A moment that a person gave (a day, or a time with or without a zone; UTC unless told) as the log has it: the start or the end of what was
 * said. Throws UsageError.
 */
export function readMoment(given: string | undefined, name: string, edge: MomentEdge): string | undefined {
  if (given === undefined) return undefined;
  const time = timeMeant(given, edge);
  if (time === null) throw badValue(name, given, 'a moment such as 2026-11-20 or 2026-11-20T08:30:00Z');
  return time;
}
