import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '#core/analysis/graph/random.ts';

/** `Made` of test/core/analysis/organisations.ts as JSON: null where it has NaN. */
export interface OrganisationFile {
  kinds: number[];
  importance: number[];
  /** The stated size of each team; null if unknown and for other nodes. */
  sizes: (number | null)[];
  /** The areas of expertise of each node. */
  areas: number[][];
  /** Who met whom how often in the last year. */
  contacts: { from: number; to: number; count: number }[];
  members: { node: number; team: number; terms: number | null; weight: number }[];
  links: {
    from: number;
    to: number;
    loss: number | null;
    documented: number;
    importance: number;
    bearers: number[];
  }[];
}

const [other, team, person, left] = [0, 1, 2, 3] as const;
const nobody = 2 ** 32 - 1;

export const organisationsPath = join(import.meta.dirname, 'organisations.json');

/** Random organisations, the same for the same seed. */
export function makeOrganisations(count: number, seed: number): OrganisationFile[] {
  const random = seededRandom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const importance = (): number => (random() < 0.7 ? 1 : pick([0.5, 1, 2, 4]));
  const shuffle = <T>(values: readonly T[]): T[] =>
    values
      .map((value) => ({ value, lot: random() }))
      .sort((a, b) => a.lot - b.lot)
      .map(({ value }) => value);

  function makeMembers(teams: readonly number[], students: readonly number[]): OrganisationFile['members'] {
    // A team whose members started together leaves together, so the cohort rules apply to some teams.
    const starts = new Map(teams.map((of) => [of, random() < 0.5 ? pick([0, 1, 2]) : null]));
    const few = teams.slice(0, 1 + below(teams.length));
    return students.flatMap((node) => {
      const own = random() < 0.12 ? [nobody] : shuffle(few).slice(0, random() < 0.25 ? 2 : 1);
      const start = starts.get(own[0] as number) ?? null;
      const known = start !== null && random() < 0.85 ? Math.max(0, start - below(2)) : below(9);
      const terms = random() < 0.1 ? null : known;
      return own.map((of) => ({ node, team: of, terms, weight: random() < 0.2 ? 2 : 1 }));
    });
  }

  function makeLinks(size: number, people: readonly number[]): OrganisationFile['links'] {
    const links: OrganisationFile['links'] = [];
    for (let missing = below(41); missing > 0; missing--) {
      // Every sixth link joins two nodes that are already linked.
      const parallel = links.length > 0 && random() < 1 / 6 ? pick(links) : null;
      const ends = parallel ? shuffle([parallel.from, parallel.to]) : [below(size), below(size)];
      links.push({
        from: ends[0] as number,
        to: ends[1] as number,
        loss: random() < 0.15 ? null : random() < 0.15 ? pick([0, 35, 100]) : below(101),
        documented: random() < 0.25 ? pick([0, 0.5, 1]) : below(101) / 100,
        // A link from a node to itself counts nothing; see the known differences in model.test.ts for its importance.
        importance: ends[0] === ends[1] ? 1 : importance(),
        bearers: random() < 0.25 ? shuffle([...people, nobody]).slice(0, 1 + below(3)) : [],
      });
    }
    return links;
  }

  /** Pairs of people, seldom of teams, each at most once. */
  function makeContacts(meetings: number, parties: readonly number[]): OrganisationFile['contacts'] {
    const pairs = new Map<string, OrganisationFile['contacts'][number]>();
    for (let missing = parties.length < 2 ? 0 : meetings; missing > 0; missing--) {
      const [from, to] = shuffle(parties).slice(0, 2) as [number, number];
      const key = `${Math.min(from, to)} ${Math.max(from, to)}`;
      const counted = pairs.get(key)?.count ?? 0;
      pairs.set(key, { from, to, count: counted + 1 });
    }
    return [...pairs.values()];
  }

  return Array.from({ length: count }, () => {
    const [facultyCount, studentCount] = [below(4), below(26)];
    const kinds = shuffle<number>([
      ...Array.from({ length: 3 + below(6) }, () => team),
      ...Array.from({ length: below(4) }, () => other),
      ...Array.from({ length: random() < 0.3 ? 1 : 0 }, () => left),
      ...Array.from({ length: facultyCount + studentCount }, () => person),
    ]);
    const nodesOf = (...of: number[]): number[] =>
      [...kinds.keys()].filter((node) => of.includes(kinds[node] as number));
    const people = nodesOf(person);
    const students = people.slice(facultyCount);
    const areaCount = 1 + below(8);
    const areas = kinds.map((_, node) =>
      students.includes(node) && random() < 0.6
        ? shuffle(Array.from({ length: areaCount }, (__, area) => area)).slice(0, 1 + below(2))
        : [],
    );
    const meetings = random() < 0.3 ? 0 : below(60);
    return {
      kinds,
      importance: kinds.map(importance),
      sizes: kinds.map((kind) => (kind === team && random() < 0.5 ? 1 + below(9) : null)),
      areas,
      contacts: makeContacts(meetings, [...people, ...nodesOf(team)]),
      members: makeMembers(nodesOf(team), students),
      links: makeLinks(kinds.length, [...people, ...nodesOf(left)]),
    };
  });
}

export const madeOrganisations = (): OrganisationFile[] => makeOrganisations(50, 1);

if (import.meta.main) writeFileSync(organisationsPath, `${JSON.stringify(madeOrganisations())}\n`);
