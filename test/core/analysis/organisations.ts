import { fc } from '@fast-check/vitest';
import { runSync } from '#core/kernel/progress.ts';
import { nodeKind, noNode, noLifecycle } from '#core/analysis/organisation.ts';
import { findAnswer } from '#core/analysis/questions/find-answer.ts';
import type { AnswerRequest, Findings } from '#core/analysis/questions/finding.ts';
import type { Organisation } from '#core/analysis/organisation.ts';
import type { Client } from '#test/support/workspace.ts';

export interface MadeLink {
  from: number;
  to: number;
  loss?: number;
  /** 0 to 1. */
  documented?: number;
  importance?: number;
  /** Nodes. */
  bearers?: readonly number[];
}

export interface Made {
  /** By `nodeKind`. */
  kinds: readonly number[];
  /** Rows of memberships; weight 1 and no terms unless given. */
  members?: readonly { node: number; team: number; terms?: number; weight?: number }[];
  links: readonly MadeLink[];
  importance?: readonly number[];
  /** The stated size of each team; NaN if unknown. */
  sizes?: readonly number[];
  /** The areas of expertise of each node. */
  areas?: readonly (readonly number[])[];
  /** Who met whom how often in the last year. */
  contacts?: readonly { from: number; to: number; count: number }[];
}

/** An organisation made of lists. */
export function organisationOf({
  kinds,
  members = [],
  links,
  importance,
  sizes,
  areas = [],
  contacts = [],
}: Made): Organisation {
  const size = kinds.length;
  const sets: Uint32Array[] = [];
  return {
    kinds: Uint8Array.from(kinds),
    importance: Float64Array.from({ length: size }, (_, node) => importance?.[node] ?? 1),
    sizes: Float64Array.from({ length: size }, (_, node) => sizes?.[node] ?? Number.NaN),
    lifecycles: new Uint8Array(size).fill(noLifecycle),
    from: Uint32Array.from(links, ({ from }) => from),
    to: Uint32Array.from(links, ({ to }) => to),
    losses: Float64Array.from(links, ({ loss = 5 }) => loss),
    documented: Float64Array.from(links, ({ documented = 0 }) => documented),
    linkImportance: Float64Array.from(links, (link) => link.importance ?? 1),
    bearerSet: Uint32Array.from(links, ({ bearers = [] }) =>
      bearers.length === 0 ? noNode : sets.push(Uint32Array.from(bearers)) - 1,
    ),
    bearerSets: sets,
    students: Uint32Array.from(members, ({ node }) => node),
    memberOf: Uint32Array.from(members, ({ team }) => team),
    terms: Float64Array.from(members, ({ terms = Number.NaN }) => terms),
    memberWeights: Float64Array.from(members, ({ weight = 1 }) => weight),
    holders: Uint32Array.from(areas.flatMap((held, node) => held.map(() => node))),
    heldAreas: Uint32Array.from(areas.flat()),
    contacts: contactColumns(size, contacts),
  };
}

/** Each contact counts for both. */
function contactColumns(size: number, contacts: NonNullable<Made['contacts']>): Organisation['contacts'] {
  const met = contacts.flatMap(({ from, to, count }) => [
    { node: from, other: to, count },
    { node: to, other: from, count },
  ]);
  met.sort((a, b) => a.node - b.node);
  return {
    offsets: Uint32Array.from({ length: size + 1 }, (_, node) => met.filter((one) => one.node < node).length),
    others: Uint32Array.from(met, ({ other }) => other),
    counts: Float64Array.from(met, ({ count }) => count),
  };
}

/** The same with its nodes in another order: node n becomes `order[n]`. */
export function relabelled(of: Made, order: readonly number[]): Made {
  const at = (node: number): number => (node === noNode ? node : (order[node] as number));
  const moved = <T>(values: readonly T[]): T[] => {
    const made: T[] = [];
    for (const [node, value] of values.entries()) made[at(node)] = value;
    return made;
  };
  return {
    kinds: moved(of.kinds),
    members: (of.members ?? []).map((one) => ({ ...one, node: at(one.node), team: at(one.team) })),
    links: of.links.map((link) => ({
      ...link,
      from: at(link.from),
      to: at(link.to),
      bearers: (link.bearers ?? []).map(at),
    })),
    ...(of.importance && { importance: moved(of.importance) }),
    ...(of.areas && { areas: moved(of.areas) }),
    ...(of.sizes && { sizes: moved(of.sizes) }),
    contacts: (of.contacts ?? []).map((one) => ({ ...one, from: at(one.from), to: at(one.to) })),
  };
}

/** Teams, then a project, then students, each in up to two teams; links between any two, some with bearers. */
export const madeOrganisations = fc
  .record({
    teams: fc.integer({ min: 1, max: 5 }),
    students: fc.array(
      fc.record({
        teams: fc.uniqueArray(fc.nat(5), { maxLength: 2 }),
        terms: fc.constantFrom(0, 1, 2, 3, 4, Number.NaN),
        weight: fc.constantFrom(1, 2),
      }),
      { maxLength: 7 },
    ),
    links: fc.array(
      fc.record({
        from: fc.nat(12),
        to: fc.nat(12),
        loss: fc.constantFrom(0, 5, 15, 35, 60, 100),
        documented: fc.constantFrom(0, 0.2, 0.6, 1),
        importance: fc.constantFrom(1, 1, 1, 0.5, 2),
        bearers: fc.uniqueArray(fc.nat(6), { maxLength: 2 }),
      }),
      { maxLength: 16 },
    ),
    importance: fc.array(fc.constantFrom(0.5, 1, 1, 4), { minLength: 13, maxLength: 13 }),
    areas: fc.array(fc.uniqueArray(fc.nat(4), { maxLength: 2 }), { minLength: 7, maxLength: 7 }),
    contacts: fc.array(
      fc.record({ from: fc.nat(12), to: fc.nat(12), count: fc.integer({ min: 1, max: 5 }) }),
      {
        maxLength: 8,
      },
    ),
  })
  .map(({ teams, students, links, importance, areas, contacts }): Made => {
    const first = teams + 1;
    const size = first + students.length;
    return {
      kinds: Array.from({ length: size }, (_, node) =>
        node < teams ? nodeKind.team : node === teams ? nodeKind.other : nodeKind.person,
      ),
      members: students.flatMap(({ teams: of, terms, weight }, at) => {
        const found = of.filter((team) => team < teams);
        return (found.length > 0 ? found : [noNode]).map((team) => ({
          node: first + at,
          team,
          terms,
          weight,
        }));
      }),
      links: links
        .map((link) => ({
          ...link,
          from: link.from % size,
          to: link.to % size,
          bearers: link.bearers.filter((at) => at < students.length).map((at) => first + at),
        }))
        .filter(({ from, to }) => from !== to),
      importance: importance.slice(0, size),
      areas: Array.from({ length: size }, (_, node) => (node < first ? [] : (areas[node - first] ?? []))),
      // Projects are in no contact.
      contacts: contacts
        .map(({ from, to, count }) => ({ from: from % size, to: to % size, count }))
        .filter(({ from, to }) => from !== to && from !== teams && to !== teams),
    };
  });

/** Three teams: two members of radio leave after one and two terms, one member each of power and camera stays. */
export async function makeRadio(entities: Client['entities']): Promise<void> {
  for (const id of ['radio', 'power', 'camera'])
    await entities.create({ type: 'team', id, data: { name: id } });
  for (const [id, team_id, terms_remaining] of [
    ['ada', 'radio', 1],
    ['bo', 'radio', 2],
    ['cy', 'power', 20],
    ['di', 'camera', 20],
  ] as const)
    await entities.create({ type: 'student', id, data: { name: id, team_id, terms_remaining } });
}

/** Everybody and every link, without stress tests. */
export const openRequest: Omit<AnswerRequest, 'question'> = {
  who: 'all',
  only: null,
  set: null,
  limit: 1000,
  quick: true,
  seed: 1,
};

export const answerOf = (
  of: Made,
  question: AnswerRequest['question'],
  options: Partial<AnswerRequest> = {},
): Findings => runSync(findAnswer(organisationOf(of), { ...openRequest, question, ...options }));
