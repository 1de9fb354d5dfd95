import { SYSTEM_LANGUAGE } from './language.ts';

/** Zoom of the window, as a factor. */
export const zoomLimits = { min: 0.8, initial: 1, max: 2 };

/** Default settings of a seat. Separate from the schema, so that the window's first bundle needs no schema. */
export const defaultSeat = {
  theme: 'system' as const,
  language: SYSTEM_LANGUAGE,
  zoom: zoomLimits.initial,
  items: {},
};
