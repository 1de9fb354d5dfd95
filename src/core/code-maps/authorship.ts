import type { FileChange } from './history.ts';

/** What a person did to a file. */
export interface Contribution {
  person: number;
  /** Whether the person added the file first. */
  isFirst: boolean;
  /** The person's changes after additions. */
  deliveries: number;
  /** Changes by others. */
  acceptances: number;
}

export interface Authorship extends Contribution {
  degree: number;
  isAuthor: boolean;
}

/** Degree of authorship of a file (Fritz et al. 2014; Avelino et al. 2016). */
export const degreeOfAuthorship = ({ isFirst, deliveries, acceptances }: Contribution): number =>
  3.293 + 1.098 * Number(isFirst) + 0.164 * deliveries - 0.321 * Math.log(1 + acceptances);

/** An author has more than this share of the greatest degree, and at least `minDegree` (Avelino et al. 2016). */
const minShare = 0.75;
const minDegree = 3.293;

/** What each person did to a file, by its history in any order. */
function contributions(changes: readonly FileChange[]): Contribution[] {
  const deliveries = new Map<number, number>();
  let changeCount = 0;
  // A file can be added again after its deletion, and on two branches at the same or an unknown time.
  const earliest = changes.reduce(
    (time, change) => Math.min(time, additionTime(change)),
    Number.POSITIVE_INFINITY,
  );
  const first = new Set<number>();
  for (const change of changes) {
    for (const person of change.authors)
      deliveries.set(person, (deliveries.get(person) ?? 0) + Number(!change.isAddition));
    if (!change.isAddition) changeCount += 1;
    else if (additionTime(change) === earliest) for (const person of change.authors) first.add(person);
  }
  return [...deliveries].map(([person, own]) => ({
    person,
    isFirst: first.has(person),
    deliveries: own,
    acceptances: changeCount - own,
  }));
}

/** An unknown time is never the first; nor is that of a change. */
const additionTime = ({ isAddition, time }: FileChange): number =>
  isAddition && !Number.isNaN(time) ? time : Number.POSITIVE_INFINITY;

/** The authorship of each person who touched a file; nobody of `excluded`, such as a bot, is an author, but their changes count. */
export function fileAuthorship(
  changes: readonly FileChange[],
  excluded: ReadonlySet<number> = new Set(),
): Authorship[] {
  const degrees = contributions(changes)
    .filter(({ person }) => !excluded.has(person))
    .map((each) => ({ ...each, degree: degreeOfAuthorship(each) }));
  const greatest = Math.max(...degrees.map(({ degree }) => degree));
  return degrees.map((each) => ({
    ...each,
    isAuthor: each.degree > minShare * greatest && each.degree >= minDegree,
  }));
}

/** Whether a file was added in a bulk, and at most moved since: its content comes from others. */
export function isImported(changes: readonly FileChange[]): boolean {
  const own = changes.filter(({ isRename }) => !isRename);
  return own.length > 0 && own.every(({ isBulk }) => isBulk);
}
