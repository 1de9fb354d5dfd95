import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import { i18n, say } from '../i18n/setup.ts';
import { dayText, momentText } from './formats.ts';

dayjs.extend(relativeTime);

/** "3 minutes ago"; after four weeks the date. `now` is there for tests. */
export function ago(iso: string, now: Date = new Date()): string {
  const seconds = (now.getTime() - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return iso;
  if (seconds < 45) return say('common:justNow');
  return seconds > 28 * 86_400 ? dayText(Date.parse(iso)) : dayjs(iso).locale(i18n.language).from(now);
}

/** The time of day to the second, in the person's own time: 16:20:31. */
export function clock(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(time);
}

/** The exact moment in the person's own time. */
export function exact(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : momentText(time);
}
