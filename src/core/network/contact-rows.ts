import { isDay } from '#shared/domain/days.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { readPages } from '../model/read-pages.ts';

export interface Contact {
  day: string;
  who: readonly string[];
  with: readonly string[];
}

/** A contact of more parties is not used: it says little about any two of them. */
export const maxParties = 8;
const contactsSql = `SELECT rowid AS row, payload FROM contacts WHERE ${visibleCondition()}`;

/** All contacts with a day, and the number of the others. Yields the number read. */
export function* readContacts(
  db: ReadHandle,
): Generator<number, { datedContacts: Contact[]; undated: number }, void> {
  const datedContacts: Contact[] = [];
  let undated = 0;
  let done = 0;
  for (const rows of readPages<{ payload: string }>(db, contactsSql)) {
    for (const { payload } of rows) {
      const contact = JSON.parse(payload) as JsonObject;
      const day = dayOf(contact['date']);
      if (day === null) undated += 1;
      else
        datedContacts.push({ day, who: referencedIds(contact['who']), with: referencedIds(contact['with']) });
    }
    yield (done += rows.length);
  }
  return { datedContacts, undated };
}

/** The day of a date or a time; null without one. */
function dayOf(value: Json | undefined): string | null {
  const day = typeof value === 'string' ? value.slice(0, 10) : '';
  return isDay(day) ? day : null;
}

/** The same day a year earlier. */
export function yearBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.toISOString().slice(0, 10);
}
