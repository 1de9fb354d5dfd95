/** 20 Nov 2026, Nov 20, 2026 or 2026-11-20. */
export type DateStyle = 'day-month' | 'month-day' | 'iso';
/** 1,250.5 or 1.250,5 or 1 250,5. */
export type NumberStyle = 'comma' | 'point' | 'space';
