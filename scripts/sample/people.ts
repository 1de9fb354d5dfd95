import type { Dice } from './dice.ts';
import { familyNames, givenNames } from './texts/people.ts';

const initials = 'ABCDEFGHIJKLMNOPRSTVWYZ';

/** A made-up person's name; now and then with a second initial, so that large samples repeat little. */
export function personName(dice: Dice): string {
  const middle = dice.chance(0.18) ? ` ${initials[dice.int(0, initials.length - 1)]}.` : '';
  return `${dice.pick(givenNames)}${middle} ${dice.pick(familyNames)}`;
}

/** The term that is `ahead` terms after the one `now` lies in; two terms a year: "Fall 2027". */
export function termAfter(now: Date, ahead: number): string {
  const terms = now.getUTCFullYear() * 2 + (now.getUTCMonth() >= 6 ? 1 : 0) + ahead;
  return `${terms % 2 === 0 ? 'Spring' : 'Fall'} ${Math.floor(terms / 2)}`;
}
