import { localDay } from '../../../../text/local-day.ts';

/** First and last moment (ISO 8601, UTC) of a year, month or day in local time; null for other texts. */
export function spanOf(text: string): { from: string; until: string } | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text.trim());
  if (!match) return null;
  const [, year, month, day] = match.map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || (month !== undefined && (month < 1 || month > 12))) return null;
  const start = new Date(year, (month ?? 1) - 1, day ?? 1);
  if (day !== undefined && start.getDate() !== day) return null;
  const next =
    day !== undefined
      ? new Date(year, start.getMonth(), day + 1)
      : month !== undefined
        ? new Date(year, start.getMonth() + 1, 1)
        : new Date(year + 1, 0, 1);
  return { from: start.toISOString(), until: new Date(next.getTime() - 1).toISOString() };
}

/** Whether a text is a moment as the contract writes it. */
export function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The local day of a moment, YYYY-MM-DD; other texts unchanged. */
export function dayOf(moment: string): string {
  return isMoment(moment) ? localDay(new Date(moment)) : moment;
}

/** The typed form of a moment: only the day if the moment is the first (`from`) or last (`until`) of its day, else in full. */
export function typedMoment(moment: string, edge: 'from' | 'until'): string {
  const day = dayOf(moment);
  return spanOf(day)?.[edge] === moment ? day : moment;
}
