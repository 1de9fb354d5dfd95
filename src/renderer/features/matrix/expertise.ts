import type { ExpertiseTable } from '#shared/contract/expertise.ts';
import { areaKey } from '#shared/domain/fold.ts';
import { say } from '../../i18n/setup.ts';
import { joinWithAnd, displayTitle } from '../../text/names.ts';
import type { CellPosition } from './geometry.ts';

type Area = ExpertiseTable['areas'][number];
export type Person = ExpertiseTable['people'][number];

/** Further people with an area are counted instead of named. */
const maxNamed = 3;

export const personName = ({ title, type }: Pick<Person, 'title' | 'type'>): string =>
  displayTitle(title, type);

/** "236 people · 61 areas" */
export const countsText = ({ people, areas }: ExpertiseTable): string =>
  say('common:dot', {
    a: say('matrix:expertise.people', { count: people.length }),
    b: say('matrix:expertise.areas', { count: areas.length }),
  });

/** The cell of an area and its first holder; null if the table does not have the area. The row is −1 without a shown holder. */
export function cellOfArea({ areas, people }: ExpertiseTable, name: string): CellPosition | null {
  const key = areaKey(name);
  const column = areas.findIndex((area) => areaKey(area.name) === key);
  return column === -1 ? null : { row: people.findIndex((person) => person.areas.includes(column)), column };
}

function soleText({ name }: Area, person: Person): string {
  const values = { name: personName(person), area: name };
  return person.terms === null
    ? say('matrix:expertise.only', values)
    : say('matrix:expertise.onlyTerms', { ...values, count: person.terms });
}

/** Who needs an area, and why it is at risk; empty for other areas. */
export function needTexts({ needed_by: neededBy, gap }: Area): string[] {
  if (neededBy.length === 0) return [];
  const names = joinWithAnd(neededBy.map(({ title, type }) => displayTitle(title, type)));
  const hasOwnText = gap !== null && gap !== 'nobody';
  return [
    say('matrix:expertise.neededBy', { names }),
    ...(hasOwnText ? [say(`matrix:expertise.gap.${gap}`)] : []),
  ];
}

/** "Only Ada Kim knows “optics”; 3 terms left · needed by CubeSat A". */
export const areaText = (area: Area, holders: readonly Person[]): string =>
  [holdersText(area, holders), ...needTexts(area)].join(' · ');

/** Who knows an area; for several people, the names of the shown ones. */
function holdersText(area: Area, holders: readonly Person[]): string {
  const [firstHolder] = holders;
  if (area.people === 0) return say('matrix:expertise.nobody', { area: area.name });
  if (firstHolder && area.people === 1) return soleText(area, firstHolder);
  const shownNames = holders.slice(0, maxNamed).map(personName);
  const otherCount = area.people - shownNames.length;
  const names = joinWithAnd(
    otherCount > 0 ? [...shownNames, say('matrix:expertise.more', { count: otherCount })] : shownNames,
  );
  return say('matrix:expertise.shared', { area: area.name, count: area.people, names });
}

const termsText = ({ terms }: Person): string[] =>
  terms === null ? [] : [say('matrix:expertise.termsLeft', { count: terms })];

/** Why a person counts as a holder, in addition to the statement in the record. */
const basisTexts = ({ lead, team, links }: Person): string[] => [
  ...(lead ? [say('matrix:expertise.leads', { team: team?.title ?? '' })] : []),
  ...(links > 0 ? [say('matrix:expertise.carries', { count: links })] : []),
];

/** A cell in words: whether the person holds the area, the number of other holders, and the basis. */
export function claimText(area: Area, person: Person, isHeld: boolean): string {
  const values = { name: personName(person), area: area.name };
  if (!isHeld) return say('matrix:expertise.not', values);
  if (area.people === 1) return [soleText(area, person), ...basisTexts(person)].join(' · ');
  const othersText = say('matrix:expertise.with', { ...values, count: area.people - 1 });
  return [othersText, ...termsText(person), ...basisTexts(person)].join(' · ');
}

export function personText(areas: readonly Area[], person: Person): string {
  return [
    personName(person),
    ...(person.team ? [person.team.title] : []),
    areas.map(({ name }) => name).join(', ') || say('matrix:expertise.none'),
    ...termsText(person),
    ...basisTexts(person),
  ].join(' · ');
}
