const timePattern =
  /^\d{4}-\d{2}-\d{2}(?<minute>[T ]\d{2}:\d{2}(?<second>:\d{2}(?<part>\.\d{1,9})?)?)?(?<zone>Z|[+-]\d{2}:?\d{2})?$/;

/** Start or end of the given day, minute or second. */
export type TimeEdge = 'start' | 'end';

/** Length in milliseconds of the given day, minute or second; 1 for a time with fractions of a second. */
function spanOf({ minute, second, part }: Record<string, string | undefined>): number {
  if (minute === undefined) return 86_400_000;
  if (second === undefined) return 60_000;
  return part === undefined ? 1000 : 1;
}

/**
 * Converts a given day or time (UTC unless it has a zone) to ISO 8601 in UTC with milliseconds. The result is the first or the last
 * millisecond of the given day, minute or second. Null if it is not a time.
 */
export function resolveTime(text: string, edge: TimeEdge): string | null {
  const parts = timePattern.exec(text)?.groups;
  if (!parts) return null;
  const time = Date.parse(parts['zone'] || text.length === 10 ? text : `${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(time)) return null;
  return new Date(edge === 'start' ? time : time + spanOf(parts) - 1).toISOString();
}

/** Kinds of the sides of a comparison. */
export const sideKinds = ['point', 'live', 'golden', 'backup', 'sandbox'] as const;
export type SideKind = (typeof sideKinds)[number];

/** Parses a side: `live`, `golden:3`, `backup:ID`, `sandbox:ID`; other texts name a point in time. */
export function parseSide(text: string): { kind: SideKind; id: string } {
  const [, kind, id] = /^(golden|backup|sandbox):(.*)$/s.exec(text) ?? [];
  if (kind !== undefined && id !== undefined) return { kind: kind as SideKind, id };
  return text === 'live' ? { kind: 'live', id: '' } : { kind: 'point', id: text };
}

/** Whether a text is a number, a time, `first`, `now` or `live`, so that it cannot be the name of a checkpoint. */
export function isPointInTimeText(text: string): boolean {
  return /^\d+$/.test(text) || /^(first|now|live)$/i.test(text) || timePattern.test(text);
}

/** Input of a comparison: what live and a sandbox changed since their merge base. */
export const sinceBase = (sandbox: string) =>
  ({ from: 'live', to: `sandbox:${sandbox}`, since_base: true }) as const;
