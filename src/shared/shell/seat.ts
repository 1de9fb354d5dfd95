import { z } from 'zod';
import { json } from '../contract/json.ts';

export const themeChoice = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof themeChoice>;

/** Longest JSON text of one item. A draft is far below it. */
export const SEAT_ITEM_LIMIT = 256 * 1024;

const key = z.string().min(1).max(200);

/** What belongs to one seat. `items` is the window's own: panel widths, drafts, last views, under keys it chooses. */
export const seat = z.object({ theme: themeChoice, items: z.record(z.string(), json) });
export type Seat = z.infer<typeof seat>;

/** Named items are replaced, those that are null are removed, all others stay. */
export const seatPatch = z.object({
  theme: themeChoice.optional(),
  items: z
    .record(
      key,
      json.refine((value) => JSON.stringify(value).length <= SEAT_ITEM_LIMIT, 'too large for the seat file'),
    )
    .optional(),
});
export type SeatPatch = z.input<typeof seatPatch>;
