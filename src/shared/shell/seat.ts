import { z } from 'zod';
import { json } from '../contract/json.ts';
import { zoomLimits } from './seat-limits.ts';

export const themeChoice = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof themeChoice>;

const zoom = z.number().min(zoomLimits.least).max(zoomLimits.most);

/** A language of the window's catalogue, as `en`, or `system` for that of the computer; one that it does not have is English. */
const language = z.string().regex(/^(?:system|[a-z]{2,3}(-[A-Za-z]{2,8})?)$/);

/** Longest JSON text of one item. A draft is far below it. */
export const SEAT_ITEM_LIMIT = 256 * 1024;

const key = z.string().min(1).max(200);

/** What belongs to one seat. `items` is the window's own: panel widths, drafts, last views, under keys it chooses. */
export const seat = z.object({ theme: themeChoice, language, zoom, items: z.record(z.string(), json) });
export type Seat = z.infer<typeof seat>;

/** Named items are replaced, those that are null are removed, all others stay. */
export const seatPatch = z.object({
  theme: themeChoice.optional(),
  language: language.optional(),
  zoom: zoom.optional(),
  items: z
    .record(
      key,
      json.refine((value) => JSON.stringify(value).length <= SEAT_ITEM_LIMIT, 'too large for the seat file'),
    )
    .optional(),
});
export type SeatPatch = z.input<typeof seatPatch>;
