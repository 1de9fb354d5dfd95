import type { Role } from '#shared/domain/vocabulary.ts';

/** Whose something is, from where the actor stands. */
export type Whose = 'own' | 'other' | 'nobody';

/** What is to be changed, in the words of the rules. */
export type Thing =
  | { what: 'record'; whose: Whose }
  | { what: 'shared project'; whose: Whose }
  | { what: 'interface'; ends: readonly [Whose, Whose] }
  | { what: 'university'; whose: 'own' | 'other'; deed: 'fields' | 'whole' }
  | { what: 'profile' }
  | { what: 'name of a profile'; whose: 'own' | 'other' }
  | { what: 'view'; whose: 'own' | 'other' }
  | { what: 'position' }
  | { what: 'workspace' }
  | { what: 'upkeep' };

type Right = 'yes' | 'no';
const rights = (admin: Right, researcher: Right, editor: Right, viewer: Right): Record<Role, boolean> => ({
  admin: admin === 'yes',
  researcher: researcher === 'yes',
  editor: editor === 'yes',
  viewer: viewer === 'yes',
});

/** The rules of the field as a table: who may create, change and delete what. Everybody reads everything. */
const table = {
  'a record of the own university': rights('yes', 'yes', 'yes', 'no'),
  'a record of another university': rights('yes', 'yes', 'no', 'no'),
  'a record of no university': rights('yes', 'yes', 'no', 'no'),
  'a shared project': rights('yes', 'yes', 'no', 'no'),
  'an interface with an own end': rights('yes', 'yes', 'yes', 'no'),
  'an interface of others': rights('yes', 'yes', 'no', 'no'),
  'fields of the own university': rights('yes', 'yes', 'yes', 'no'),
  'fields of another university': rights('yes', 'yes', 'no', 'no'),
  'a university as such': rights('yes', 'yes', 'no', 'no'),
  'a profile': rights('yes', 'no', 'no', 'no'),
  'the own name': rights('yes', 'yes', 'yes', 'yes'),
  "somebody else's name": rights('yes', 'no', 'no', 'no'),
  'an own view': rights('yes', 'yes', 'yes', 'no'),
  "somebody else's view": rights('yes', 'yes', 'no', 'no'),
  'where nodes stand in the network': rights('yes', 'yes', 'yes', 'no'),
  'the name of the workspace': rights('yes', 'yes', 'no', 'no'),
  'the upkeep of the workspace': rights('yes', 'no', 'no', 'no'),
} as const;
export type Line = keyof typeof table;
export const lines = Object.keys(table) as Line[];

/** The line of the table that a thing comes under. */
export function lineOf(thing: Thing): Line {
  if (thing.what === 'profile') return 'a profile';
  if (thing.what === 'name of a profile')
    return thing.whose === 'own' ? 'the own name' : "somebody else's name";
  if (thing.what === 'position') return 'where nodes stand in the network';
  if (thing.what === 'workspace') return 'the name of the workspace';
  if (thing.what === 'upkeep') return 'the upkeep of the workspace';
  if (thing.what === 'view') return thing.whose === 'own' ? 'an own view' : "somebody else's view";
  if (thing.what === 'shared project') return 'a shared project';
  if (thing.what === 'interface') {
    return thing.ends.includes('own') ? 'an interface with an own end' : 'an interface of others';
  }
  if (thing.what === 'university') {
    if (thing.deed === 'whole') return 'a university as such';
    return thing.whose === 'own' ? 'fields of the own university' : 'fields of another university';
  }
  if (thing.whose === 'nobody') return 'a record of no university';
  return thing.whose === 'own' ? 'a record of the own university' : 'a record of another university';
}

export function allowed(role: Role, thing: Thing): boolean {
  return table[lineOf(thing)][role];
}
