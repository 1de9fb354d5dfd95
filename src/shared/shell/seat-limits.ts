import { SYSTEM_LANGUAGE } from './language.ts';

/** Zoom of the window, as a factor. */
export const zoomLimits = { least: 0.8, usual: 1, most: 2 };

/** Default settings of a seat. Separate from the schema, because the shell reads it before loading any schema. */
export const usualSeat = {
  theme: 'system' as const,
  language: SYSTEM_LANGUAGE,
  zoom: zoomLimits.usual,
  items: {},
};
