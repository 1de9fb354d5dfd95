import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import { say } from '../i18n/setup.ts';

dayjs.extend(relativeTime);

const exactly = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
const shortly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** "3 minutes ago"; after four weeks the date. `now` is there for tests. */
export function ago(iso: string, now: Date = new Date()): string {
  const seconds = (now.getTime() - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return iso;
  if (seconds < 45) return say('common:justNow');
  return seconds > 28 * 86_400 ? shortly.format(Date.parse(iso)) : dayjs(iso).from(now);
}

/** The exact moment in the person's own time. */
export function exact(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : exactly.format(time);
}
