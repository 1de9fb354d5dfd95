import type { Question, Reason } from '#shared/contract/analysis.ts';
import { Damage, leaversOf, rankLeavers } from './leavers.ts';
import type { Ranked } from './leavers.ts';
import { cohortOf, cohortRisk } from './cohorts.ts';
import { leaverConfidence, ranksKept, runsFor } from './confidence.ts';
import { completeCohort, findInterventions, keepLink, shareOf, writeDown } from './interventions.ts';
import type { FoundIntervention, LinkEnd } from './interventions.ts';
import { hasLeft, kindOf, nobody, transmissions } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';
import { findWorstSet } from './worst-set.ts';

/** What is asked of an organisation. */
export interface AnswerRequest {
  question: Exclude<Question, 'changes'>;
  who: 'all' | 'people' | 'teams';
  /** 1 for each node that is asked about; null for all. A link is by either end. */
  only: Uint8Array | null;
  set: number | null;
  limit: number;
  quick: boolean;
  seed: number;
}

/** An item of an answer, with nodes and links named by their places. */
export interface Finding {
  nodes: number[];
  /** The link that it is about; null where it is about nodes. */
  link: number | null;
  value: number;
  confidence: number | null;
  /** Parameters that are numbers; names are added where they are known. */
  reason: Reason;
  /** The nodes and links that cause the value, the weightiest first. */
  because: { nodes: number[]; links: number[] };
  interventions: FoundIntervention[];
}

export interface Findings {
  items: Finding[];
  ranked: number;
  unknown: number;
  judged: number;
  worst: (Finding & { atMost: number; exact: boolean }) | null;
  runs: number;
  /** Some nodes stand for all: values are estimates. */
  isEstimate: boolean;
}

/** Terms until those are gone of whom a team is told that they leave. */
const nextTerm = 1;

/** Answers a question. Yields now and then, with what part of it is done (0 to 1). */
export function* findAnswer(
  organisation: Organisation,
  asked: AnswerRequest,
): Generator<number, Findings, void> {
  const found = yield* findItems(organisation, asked);
  return { ...found, judged: countAsked(organisation, asked) - found.unknown };
}

/** How many teams or links the question is about. */
function countAsked({ kinds, from, to }: Organisation, asked: AnswerRequest): number {
  if (asked.question === 'cohorts')
    return kinds.filter((kind, node) => kind === kindOf.team && isAsked(asked, node)).length;
  return from.filter((end, link) => isAsked(asked, end, to[link] as number)).length;
}

type Items = Omit<Findings, 'judged'>;

function* findItems(organisation: Organisation, asked: AnswerRequest): Generator<number, Items, void> {
  if (asked.question === 'leavers') return yield* findLeavers(organisation, asked);
  if (asked.question === 'undocumented') return yield* findUndocumented(organisation, asked);
  yield 0;
  return asked.question === 'cohorts'
    ? findCohortGaps(organisation, asked)
    : yield* findDegrading(organisation, asked);
}

/** The links of each node. */
function linksOf({ kinds, from, to }: Organisation): number[][] {
  const links: number[][] = Array.from(kinds, () => []);
  for (let link = 0; link < from.length; link++) {
    links[from[link] as number]?.push(link);
    if (from[link] !== to[link]) links[to[link] as number]?.push(link);
  }
  return links;
}

/** The members of each team with the terms that they have left. */
export function membersOf({
  students,
  memberOf,
  terms,
}: Organisation): Map<number, { node: number; terms: number }[]> {
  const members = new Map<number, { node: number; terms: number }[]>();
  for (const [at, node] of students.entries()) {
    const team = memberOf[at] as number;
    if (team === nobody) continue;
    const entry = { node, terms: terms[at] as number };
    const known = members.get(team);
    if (known) known.push(entry);
    else members.set(team, [entry]);
  }
  return members;
}

/** Whose terms are over by the end of this term. */
export const leaves = ({ terms }: { terms: number }): boolean => terms <= nextTerm;

const isAsked = ({ only }: AnswerRequest, ...nodes: readonly number[]): boolean =>
  only === null || nodes.some((node) => only[node] === 1);

function* measured(damage: Damage, links?: Float64Array): Generator<number, void, void> {
  let done = 0;
  for (const _ of damage.measure(links)) if (++done % 500 === 0) yield done / damage.graph.size / 4;
}

function* findLeavers(organisation: Organisation, asked: AnswerRequest): Generator<number, Items, void> {
  const damage = new Damage(organisation);
  yield* measured(damage);
  const { from, to } = organisation;
  const isOfAsked = (link: number): boolean => isAsked(asked, from[link] as number, to[link] as number);
  const leavers = leaversOf(organisation, asked.who).filter(({ node }) => isAsked(asked, node));
  const ranking = rankLeavers(damage, leavers, asked.limit);
  const ranked = yield* withProgress(ranking, 0.25);
  const runs = asked.quick ? 0 : runsFor(organisation);
  const { seed } = asked;
  const confidence =
    runs > 0
      ? yield* withProgress(
          leaverConfidence(organisation, ranked, { seed, runs, isSampled: damage.isSampled }),
          0.5,
        )
      : null;
  const links = linksOf(organisation);
  const members = membersOf(organisation);
  const weights = transmissions(organisation);
  const items: Finding[] = [];
  for (const [at, one] of ranked.entries()) {
    const finding = leaverFinding(organisation, { weights, links, members }, one);
    items.push({
      ...finding,
      confidence: confidence?.[at] ?? null,
      interventions: asked.quick ? [] : findInterventions(damage, one),
    });
    yield 0.9;
  }
  const worst =
    asked.set === null ? null : yield* withProgress(findWorstSet(damage, leavers, asked.set), 0.9);
  const concerned = leavers.filter((leaver) => damage.atMost(leaver) > 0);
  return {
    items,
    ranked: concerned.length,
    unknown: Array.from(organisation.losses).filter((loss, link) => Number.isNaN(loss) && isOfAsked(link))
      .length,
    worst: worst && {
      nodes: worst.leavers.map(({ node }) => node),
      link: null,
      value: worst.damage,
      confidence: null,
      reason: { code: worst.exact ? 'set' : 'set_greedy', params: { at_most: worst.atMost } },
      because: { nodes: worst.leavers.map(({ node }) => node), links: [] },
      interventions: [],
      atMost: worst.atMost,
      exact: worst.exact,
    },
    runs,
    isEstimate: damage.isSampled,
  };
}

function* withProgress<R>(work: Generator<void, R, void>, done: number): Generator<number, R, void> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield done;
  }
}

/** What of an organisation is worked out once for all items. */
interface Known {
  weights: Float64Array;
  links: readonly number[][];
  members: ReadonlyMap<number, readonly { node: number; terms: number }[]>;
}

function leaverFinding(
  organisation: Organisation,
  { weights, links, members }: Known,
  { leaver, damage }: Ranked,
): Finding {
  const { node, team } = leaver;
  const own = [...(links[node] ?? [])];
  const asMember = team === nobody ? [] : (links[team] ?? []);
  const mine = own.length > 0 ? own : asMember;
  mine.sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);
  const undocumented = mine.filter((link) => organisation.codified[link] === 0).length;
  const isTeam = organisation.kinds[node] === kindOf.team;
  const people = isTeam ? (members.get(node) ?? []) : [];
  const colleagues = team === nobody ? 0 : (members.get(team)?.length ?? 1) - 1;
  const params = {
    links: mine.length,
    undocumented,
    people: people.length,
    leaving: people.filter(leaves).length,
  };
  return {
    nodes: [node],
    link: null,
    value: damage,
    confidence: null,
    reason: isTeam
      ? { code: people.length > 0 ? 'team' : 'team_unlisted', params }
      : own.length === 0
        ? { code: 'member', params: { ...params, colleagues, team_node: team } }
        : { code: 'person', params },
    because: { nodes: people.filter(leaves).map((member) => member.node), links: mine },
    interventions: [],
  };
}

/**
 * Links by what will be lost over them when this term has ended: what passes now, times the share of the bearers that both ends still have.
 * Those of which less than 35 % will be lost (the legacy model's threshold of decomposition) are left out.
 */
function* findDegrading(organisation: Organisation, asked: AnswerRequest): Generator<number, Items, void> {
  const { limit, quick, seed } = asked;
  const { from, to, losses } = organisation;
  const members = membersOf(organisation);
  const weights = transmissions(organisation);
  const alone = new Map(
    Array.from(organisation.students, (node, at) => [
      node,
      { node, terms: organisation.terms[at] as number },
    ]),
  );
  /** The members of a team, or the student alone. */
  const bearers = (node: number) => {
    const one = alone.get(node);
    return one ? [one] : (members.get(node) ?? []);
  };
  const staying = (node: number): Omit<LinkEnd, 'node'> => {
    const all = bearers(node);
    const isTeam = organisation.kinds[node] === kindOf.team;
    return { isTeam, all: all.length, stay: all.filter((member) => !leaves(member)).length };
  };
  const lostOver = (link: number, passes: number): number =>
    1 - passes * [from, to].reduce((share, ends) => share * shareOf(staying(ends[link] as number)), 1);
  const found: Finding[] = [];
  let unknown = 0;
  for (let link = 0; link < from.length; link++) {
    const ends = [from[link] as number, to[link] as number];
    if (!isAsked(asked, ...ends) || hasLeft(organisation, link)) continue;
    if (Number.isNaN(losses[link])) {
      unknown += 1;
      continue;
    }
    const value = lostOver(link, weights[link] as number);
    if (value < 0.35) continue;
    const leaving = ends.flatMap((end) => bearers(end).filter(leaves));
    found.push({
      nodes: ends,
      link,
      value,
      confidence: null,
      reason: {
        code: leaving.length > 0 ? 'bearers_leave' : 'weak',
        params: { now: losses[link] as number, later: 100 * value, leaving: leaving.length },
      },
      because: { nodes: leaving.map(({ node }) => node), links: [link] },
      interventions: [],
    });
  }
  const drop = ({ value, link }: Finding): number => value - 1 + (weights[link ?? 0] as number);
  found.sort((a, b) => b.value - a.value || drop(b) - drop(a) || (a.link ?? 0) - (b.link ?? 0));
  const items = found.slice(0, limit);
  const counts = { ranked: found.length, unknown, worst: null, isEstimate: false };
  if (quick) return { items, ...counts, runs: 0 };
  const runs = runsFor(organisation);
  const kept = yield* withProgress(
    ranksKept(weights, { seed, runs }, (perturbed) =>
      items.map(({ link }) => lostOver(link as number, perturbed[link as number] as number)),
    ),
    0.5,
  );
  const repaired = items.map((item, at) => {
    const ends = item.nodes.map((node) => ({ node, ...staying(node) })) as [LinkEnd, LinkEnd];
    const link = { link: item.link as number, loss: losses[item.link as number] as number, ends };
    return { ...item, confidence: kept[at] ?? null, interventions: keepLink(link, item.value) };
  });
  return { items: repaired, ...counts, runs };
}

/** Links that join the same two nodes, where there are several. */
function parallelLinks({ from, to }: Organisation): number[][] {
  const byEnds = new Map<string, number[]>();
  for (let link = 0; link < from.length; link++) {
    const [one, other] = [from[link] as number, to[link] as number];
    const key = one < other ? `${one} ${other}` : `${other} ${one}`;
    const known = byEnds.get(key);
    if (known) known.push(link);
    else byEnds.set(key, [link]);
  }
  return [...byEnds.values()].filter((links) => links.length > 1);
}

/** Shares what goes over the best of parallel links between all that are as good: a path goes over any of them. */
function shareParallel(
  parallel: readonly (readonly number[])[],
  weights: Float64Array,
  over: Float64Array,
): void {
  for (const links of parallel) {
    const best = Math.max(...links.map((link) => weights[link] as number));
    const alike = links.filter((link) => weights[link] === best);
    const part = links.reduce((sum, link) => sum + (over[link] as number), 0) / alike.length;
    for (const link of alike) over[link] = part;
  }
}

/** Links whose bond is not codified, by the share of the reach whose best path goes over them. */
function* findUndocumented(organisation: Organisation, asked: AnswerRequest): Generator<number, Items, void> {
  const { limit, quick, seed } = asked;
  const damage = new Damage(organisation);
  const over = new Float64Array(organisation.from.length);
  yield* measured(damage, over);
  const parallel = parallelLinks(organisation);
  shareParallel(parallel, transmissions(organisation), over);
  const { from, to, codified, losses } = organisation;
  const members = membersOf(organisation);
  const found: Finding[] = [];
  for (const [link, part] of over.entries()) {
    const ends = [from[link] as number, to[link] as number];
    if (codified[link] === 1 || !isAsked(asked, ...ends)) continue;
    const bearers = ends.reduce((sum, end) => sum + (members.get(end)?.length ?? 1), 0);
    found.push({
      nodes: ends,
      link,
      value: damage.share(part),
      confidence: null,
      reason: Number.isNaN(losses[link])
        ? { code: 'unrated', params: { bearers } }
        : { code: 'in_heads', params: { bearers, loss: losses[link] as number } },
      because: { nodes: ends, links: [link] },
      interventions: [],
    });
  }
  found.sort((a, b) => b.value - a.value || (a.link ?? 0) - (b.link ?? 0));
  const items = found.slice(0, limit);
  const counts = { ranked: found.length, unknown: 0, worst: null, isEstimate: damage.isSampled };
  if (quick) return { items, ...counts, runs: 0 };
  const runs = runsFor(organisation);
  const valuesIn = (weights: Float64Array): number[] => {
    const part = new Float64Array(from.length);
    for (const _ of new Damage(organisation, weights).measure(part));
    shareParallel(parallel, weights, part);
    return items.map(({ link }) => part[link as number] as number);
  };
  const ranks = ranksKept(transmissions(organisation), { seed, runs }, valuesIn);
  const kept = yield* withProgress(ranks, 0.5);
  const repaired = items.map((item, at) => ({
    ...item,
    confidence: kept[at] ?? null,
    interventions: writeDown(item.link as number, losses[item.link as number] as number),
  }));
  return { items: repaired, ...counts, runs };
}

/** Teams whose cohorts have a gap, by their members' terms; those whose members are not listed cannot be judged. */
function findCohortGaps(organisation: Organisation, asked: AnswerRequest): Items {
  const members = membersOf(organisation);
  const found: Finding[] = [];
  let unknown = 0;
  for (const [node, kind] of organisation.kinds.entries()) {
    if (kind !== kindOf.team || !isAsked(asked, node)) continue;
    const known = (members.get(node) ?? []).filter(({ terms }) => !Number.isNaN(terms));
    const cohort = cohortOf(known);
    if (cohort === null) {
      unknown += 1;
      continue;
    }
    const { code, value } = cohortRisk(cohort);
    if (value === 0) continue;
    found.push({
      nodes: [node],
      link: null,
      value,
      confidence: null,
      reason: { code, params: { ...cohort, people: known.length } },
      because: { nodes: known.map((member) => member.node), links: [] },
      interventions: completeCohort(node, cohort),
    });
  }
  const leaving = ({ reason }: Finding): number => Number(reason.params['outgoing']);
  found.sort(
    (a, b) => b.value - a.value || leaving(b) - leaving(a) || (a.nodes[0] as number) - (b.nodes[0] as number),
  );
  const items = found.slice(0, asked.limit);
  return { items, ranked: found.length, unknown, worst: null, runs: 0, isEstimate: false };
}
