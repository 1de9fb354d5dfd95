import type { Seat } from '#shared/shell/seat.ts';

/** The seat as the shell put it into the page; null where a development server has served the page. */
export function servedSeat(): Seat | null {
  try {
    return JSON.parse(document.getElementById('seat')?.textContent ?? '') as Seat;
  } catch {
    return null;
  }
}
