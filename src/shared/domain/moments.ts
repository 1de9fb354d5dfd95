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

/** Kinds of the sides of a comparison. */
export const sideKinds = ['point', 'live', 'golden', 'backup', 'sandbox'] as const;
export type SideKind = (typeof sideKinds)[number];

/** Parses a side: `live`, `golden:3`, `backup:ID`, `sandbox:ID`; other texts name a point in time. */
export function parseSide(text: string): { kind: SideKind; id: string } {
  const [, kind, id] = /^(golden|backup|sandbox):(.*)$/s.exec(text) ?? [];
  if (kind !== undefined && id !== undefined) return { kind: kind as SideKind, id };
  return text === 'live' ? { kind: 'live', id: '' } : { kind: 'point', id: text };
}

/** Whether a text parses as a point in time, so that it cannot be the name of one. */
export function readsAsMoment(text: string): boolean {
  return /^\d+$/.test(text) || /^(first|now|live)$/i.test(text) || shape.test(text);
}

/** Input of a comparison: what live and a sandbox changed since their merge base. */
export const sinceBase = (sandbox: string) =>
  ({ from: 'live', to: `sandbox:${sandbox}`, since_base: true }) as const;
