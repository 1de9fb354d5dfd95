import { SYSTEM_LANGUAGE } from './language.ts';

/** How large everything is drawn, as a factor. */
export const zoomLimits = { least: 0.8, usual: 1, most: 2 };

/** What a seat is before anybody has chosen anything. Apart from the schema: the shell reads it before it loads any. */
export const usualSeat = {
  theme: 'system' as const,
  language: SYSTEM_LANGUAGE,
  zoom: zoomLimits.usual,
  items: {},
};
