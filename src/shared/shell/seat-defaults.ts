import { SYSTEM_LANGUAGE } from './language.ts';

/** Zoom of the window, as a factor. */
export const zoomLimits = { min: 0.8, initial: 1, max: 2 };

/** Default settings of a seat. Separate from the schema, because the shell reads it before loading any schema. */
export const defaultSeat = {
  theme: 'system' as const,
  language: SYSTEM_LANGUAGE,
  zoom: zoomLimits.initial,
  items: {},
};
