import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import { i18n, say } from '../i18n/setup.ts';
import { dayText, fullDateTime } from './formats.ts';

/** Minutes are counted up to 59 and hours up to 23; by default dayjs says "an hour" from 45 minutes on. */
const thresholds = [
  { l: 's', r: 44, d: 'second' },
  { l: 'm', r: 89 },
  { l: 'mm', r: 59, d: 'minute' },
  { l: 'h', r: 89 },
  { l: 'hh', r: 23, d: 'hour' },
  { l: 'd', r: 35 },
  { l: 'dd', r: 28, d: 'day' },
];

dayjs.extend(relativeTime, { thresholds });

/** "3 minutes ago"; after four weeks the date. Tests set `now`. */
export function timeAgo(iso: string, now: Date = new Date()): string {
  const seconds = (now.getTime() - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return iso;
  if (seconds < 45) return say('common:justNow');
  return seconds > 28 * 86_400 ? dayText(Date.parse(iso)) : dayjs(iso).locale(i18n.language).from(now);
}

/** The local time to the second: 16:20:31. */
export function clockTime(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(time);
}

export function exactTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : fullDateTime(time);
}
