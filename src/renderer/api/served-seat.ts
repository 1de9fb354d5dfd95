import type { Seat } from '#shared/shell/seat.ts';

/** The seat that the shell put into the page; null if a development server served the page. */
export function servedSeat(): Seat | null {
  try {
    return JSON.parse(document.getElementById('seat')?.textContent ?? '') as Seat;
  } catch {
    return null;
  }
}
