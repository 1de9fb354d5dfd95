/** Users who see everything join this room. Others get changes of their university and changes of no university. */
export const fullAccessRoom = 'global';
export const sharedRoom = 'common';
/** All connections of one user. */
export const userRoom = (id: string): string => `person:${id}`;
export const universityRoom = (id: string): string => `university:${id}`;

/** The rooms for a change of records of these universities. */
export const roomsFor = (universities: readonly string[]): string[] =>
  universities.length === 0
    ? [fullAccessRoom, sharedRoom]
    : [fullAccessRoom, ...universities.map(universityRoom)];
