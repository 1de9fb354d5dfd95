import { z } from 'zod';
import { json } from '../contract/json.ts';
import { zoomLimits } from './seat-defaults.ts';

export const themeChoice = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof themeChoice>;

const zoom = z.number().min(zoomLimits.min).max(zoomLimits.max);

/** A language of the window's catalogue, such as `en`, or `system`. Unsupported languages become English. */
const language = z.string().regex(/^(?:system|[a-z]{2,3}(-[A-Za-z]{2,8})?)$/);

/** Maximum length of the JSON text of one item, far above the size of a draft. */
export const SEAT_ITEM_LIMIT = 256 * 1024;

const key = z.string().min(1).max(200);

/** Settings of one seat. `items` belongs to the window: panel widths, drafts, last views, under keys of its choice. */
export const seat = z.object({ theme: themeChoice, language, zoom, items: z.record(z.string(), json) });
export type Seat = z.infer<typeof seat>;

/** Replaces the given items and removes those that are null; others stay. */
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
