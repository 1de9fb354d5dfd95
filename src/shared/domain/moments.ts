const shape =
  /^\d{4}-\d{2}-\d{2}(?<minute>[T ]\d{2}:\d{2}(?<second>:\d{2}(?<part>\.\d{1,9})?)?)?(?<zone>Z|[+-]\d{2}:?\d{2})?$/;

/** Start or end of the given day, minute or second. */
export type MomentEdge = 'start' | 'end';

/** Length of the given time in milliseconds; with fractions of a second it has none. */
function spanOf({ minute, second, part }: Record<string, string | undefined>): number {
  if (minute === undefined) return 86_400_000;
  if (second === undefined) return 60_000;
  return part === undefined ? 1000 : 1;
}

/**
 * Converts a given day or time (UTC unless it has a zone) to ISO 8601 in UTC with milliseconds. The result is the first or the last
 * millisecond of the given day, minute or second. Null if it is not a time.
 */
export function resolveTime(given: string, edge: MomentEdge): string | null {
  const parts = shape.exec(given)?.groups;
  if (!parts) return null;
  const time = Date.parse(parts['zone'] || given.length === 10 ? given : `${given.replace(' ', 'T')}Z`);
  if (Number.isNaN(time)) return null;
  return new Date(edge === 'start' ? time : time + spanOf(parts) - 1).toISOString();
}

/** Kinds of copies of the records that are not points in time of this log. */
export const copyKinds = ['golden', 'backup', 'sandbox'] as const;
export type CopyKind = (typeof copyKinds)[number];

/** Parses `golden:3`, `backup:ID` or `sandbox:ID`; null for other texts. */
export function copyNamed(text: string): { copy: CopyKind; id: string } | null {
  const colon = text.indexOf(':');
  const copy = copyKinds.find((kind) => kind === text.slice(0, Math.max(0, colon)));
  return copy ? { copy, id: text.slice(colon + 1) } : null;
}

/** Whether a text parses as a point in time, so that it cannot be the name of one. */
export function readsAsMoment(text: string): boolean {
  return /^\d+$/.test(text) || /^(first|now)$/i.test(text) || shape.test(text);
}
