/** How shares are written: `of_5` are points on a scale on which 5 is all. */
export const shareUnits = ['percent', 'fraction', 'of_3', 'of_4', 'of_5', 'of_6', 'of_7', 'of_10'] as const;
export type ShareUnit = (typeof shareUnits)[number];

/** The points that are all on a scale; null for other units. */
export const pointsOf = (unit: ShareUnit): number | null =>
  unit.startsWith('of_') ? Number(unit.slice('of_'.length)) : null;
