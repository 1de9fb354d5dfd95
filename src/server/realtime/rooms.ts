/** Whoever sees everything hears everything; others what belongs to their university, and what belongs to none. */
export const everything = 'global';
export const common = 'common';
/** Of one person alone, wherever they are signed in. */
export const ofPerson = (id: string): string => `person:${id}`;
export const ofUniversity = (id: string): string => `university:${id}`;

/** The rooms that hear of a change of what belongs to these universities. */
export const roomsFor = (universities: readonly string[]): string[] =>
  universities.length === 0 ? [everything, common] : [everything, ...universities.map(ofUniversity)];
