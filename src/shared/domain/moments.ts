const shape =
  /^\d{4}-\d{2}-\d{2}(?<minute>[T ]\d{2}:\d{2}(?<second>:\d{2}(?<part>\.\d{1,9})?)?)?(?<zone>Z|[+-]\d{2}:?\d{2})?$/;

/** Which end is meant of the day, the minute or the second that was said. */
export type MomentEdge = 'start' | 'end';

/** How long that lasts that was said, in milliseconds: a part of a second is one moment. */
function spanOf({ minute, second, part }: Record<string, string | undefined>): number {
  if (minute === undefined) return 86_400_000;
  if (second === undefined) return 60_000;
  return part === undefined ? 1000 : 1;
}

/**
 * A time that a person gave (a day, or a time with or without a zone; UTC unless told) as the log has it: ISO 8601 in UTC with
 * milliseconds, at the start of what was said or at its last thousandth. Null for what is no time.
 */
export function resolveTime(given: string, edge: MomentEdge): string | null {
  const said = shape.exec(given)?.groups;
  if (!said) return null;
  const time = Date.parse(said['zone'] || given.length === 10 ? given : `${given.replace(' ', 'T')}Z`);
  if (Number.isNaN(time)) return null;
  return new Date(edge === 'start' ? time : time + spanOf(said) - 1).toISOString();
}

/** A copy of the records that is no moment of this log. */
export const copyKinds = ['golden', 'backup', 'sandbox'] as const;
export type CopyKind = (typeof copyKinds)[number];

/** The copy that a text names in place of a moment: `golden:3`, `backup:ID`, `sandbox:ID`; null where it names none. */
export function copyNamed(text: string): { copy: CopyKind; id: string } | null {
  const colon = text.indexOf(':');
  const copy = copyKinds.find((kind) => kind === text.slice(0, Math.max(0, colon)));
  return copy ? { copy, id: text.slice(colon + 1) } : null;
}

/** Whether a text reads as a moment by itself, and so can be no name of one. */
export function readsAsMoment(text: string): boolean {
  return /^\d+$/.test(text) || /^(first|now)$/i.test(text) || shape.test(text);
}
