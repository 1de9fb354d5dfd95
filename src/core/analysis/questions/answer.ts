import type { z } from 'zod';
import type {
  Answer,
  insights,
  Insight,
  Intervention,
  Named,
  Question,
  ScenarioStep,
} from '#shared/contract/analysis.ts';
import { Turns } from '#shared/domain/turns.ts';
import { assertUniversity } from '../../model/known-university.ts';
import { joinTitles } from '../../model/titles.ts';
import { inTurns } from '../../kernel/progress.ts';
import { runInWorkerOrHere } from '../../kernel/workers/worker-pool.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import type { Services } from '../../model/services.ts';
import { nowOf } from '../measures/history.ts';
import { findChanges, termEnd } from './changes.ts';
import type { AnswerRequest, Finding, Findings } from './finding.ts';
import type { FoundIntervention, FoundStep } from './interventions.ts';
import { measuredHead, measuresVersion, withoutNames } from '../organisation.ts';
import { readRanking } from '../ranking.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { readMeasured } from '../scenarios/measured.ts';
import { sentenceOf } from './sentences.ts';
import { answerTask } from './task.ts';

type Input = z.output<(typeof insights)['~orpc']['inputSchema'] & z.ZodType>;

type Chosen = Input & Pick<AnswerRequest, 'who'> & { rankPeople: boolean };

const mostRecords = 50;

interface Pace {
  onProgress: OnProgress;
  signal: AbortSignal;
}

const keptAnswers = (): Map<string, Answer> => new Map();
const mostKept = 30;

/** Answers a question, from the cache if the head is the same. Throws NOT_FOUND, CANCELLED. */
export async function answerQuestion(services: Services, given: Input, pace: Pace): Promise<Answer> {
  assertUniversity(services.read, given.university);
  const kept = services.singletons.get(keptAnswers);
  const since = given.since ?? termEnd(nowOf(services));
  const isDefault = given.since === undefined;
  const { people: rankPeople } = readRanking(services.read);
  const who = given.who ?? (rankPeople ? 'all' : 'teams');
  const chosen = { ...given, who, rankPeople };
  const request = given.question === 'changes' ? { ...chosen, since, isDefault } : chosen;
  const keyOf = (hash: string): string => `${hash} ${JSON.stringify(request)}`;
  const head = (): string => measuredHead(services.read).hash;
  const before = head();
  // The records of another file change independently of this head.
  if (given.of !== undefined) return answerAnew(services, { ...chosen, since, isDefault }, pace);
  const known = kept.get(keyOf(before));
  if (known) return known;
  const answer = await answerAnew(services, { ...chosen, since, isDefault }, pace);
  // An answer that was read during a write belongs to neither head.
  if (before !== answer.head.hash || before !== head()) return answer;
  kept.set(keyOf(before), answer);
  for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest);
  return answer;
}

/** Rankings share one worker, because starting one takes longer than most rankings. */
const makeRankings = (): Turns => new Turns(1);

async function answerAnew(
  services: Services,
  request: Chosen & { since: string; isDefault: boolean },
  { onProgress, signal }: Pace,
): Promise<Answer> {
  const { clock } = services.source;
  const { question, seed, university, limit, since, isDefault } = request;
  const shared = { question, seed, version: measuresVersion };
  if (question === 'changes') {
    const head = measuredHead(services.read);
    const found = await inTurns(findChanges(services, { since, isDefault, limit, university }), {
      clock,
      signal,
    });
    return {
      ...shared,
      ...found,
      unknown: 0,
      judged: 0,
      top: 0,
      worst: null,
      runs: 0,
      estimate: false,
      guesses: noGuesses,
      head,
    };
  }
  const { named } = await readMeasured(services, request.of, signal);
  const { head } = named;
  const find = (): Promise<Findings> =>
    runInWorkerOrHere(
      answerTask,
      {
        organisation: withoutNames(named),
        request: { ...request, question, only: nodesOf(named, university) },
      },
      {
        signal,
        log: services.log,
        onProgress: (part) =>
          onProgress({ kind: 'progress', step: 'checking', done: Math.round(100 * part), total: 100 }),
      },
    );
  const { items, worst, isEstimate, ...counts } = await (request.quick
    ? services.singletons.get(makeRankings).take(find)
    : find());
  const worstSet = worst && {
    ...insightOf(services, named, worst),
    at_most: rounded(worst.atMost),
    exact: worst.exact,
  };
  return {
    ...shared,
    ...counts,
    estimate: isEstimate,
    items: items
      .flatMap((one) => (request.rankPeople ? one : (ofTeam(named, one, question) ?? [])))
      .map((one) => insightOf(services, named, one)),
    worst: worstSet,
    since: null,
    begins: null,
    head,
  };
}

const noGuesses = { terms: 0, losses: 0, teams: 0 };

/** 1 for each node of a university; null for all. */
const nodesOf = ({ nodes }: NamedOrganisation, university: string | null): Uint8Array | null =>
  university === null ? null : Uint8Array.from(nodes, (node) => Number(node.university === university));

const nodeNamed = ({ nodes }: NamedOrganisation, at: number): Named => {
  const { id, type, title } = nodes[at] as NamedOrganisation['nodes'][number];
  return { id, type, title };
};

/** The title of a link, with universities if both ends have the same name. */
function linkTitle(services: Pick<Services, 'names'>, named: NamedOrganisation, link: number): string {
  const ends = [named.from[link] as number, named.to[link] as number] as const;
  const [from, to] = ends.map((at) => nodeNamed(named, at).title) as [string, string];
  if (from !== to) return joinTitles(from, to);
  return joinTitles(titleInSet(services, named, ends[0]), titleInSet(services, named, ends[1]));
}

const linkNamed = (services: Pick<Services, 'names'>, named: NamedOrganisation, link: number): Named => ({
  id: named.linkIds[link] as string,
  type: 'interface',
  title: linkTitle(services, named, link),
});

/** For `expertise`, the team in place of the person, also in repairs and records; null without a team. */
function ofTeam({ from, to }: NamedOrganisation, finding: Finding, question: Question): Finding | null {
  const { team_node: team } = finding.reason.params;
  if (question !== 'expertise') return finding;
  if (typeof team !== 'number') return null;
  const { nodes: unnamed, because } = finding;
  const isNamed = (link: number): boolean =>
    ![from[link], to[link]].some((end) => end !== undefined && unnamed.includes(end));
  const causes = { nodes: [team], links: because.links.filter(isNamed) };
  return { ...finding, nodes: [team], isGroup: false, because: causes, unnamed };
}

function insightOf(services: Pick<Services, 'names'>, named: NamedOrganisation, finding: Finding): Insight {
  const { nodes, link, value, confidence, inTop, reason, because, isGroup, unnamed = [] } = finding;
  const records = [
    ...because.nodes.slice(0, mostRecords).map((at) => nodeNamed(named, at)),
    ...because.links.slice(0, mostRecords).map((at) => linkNamed(services, named, at)),
  ];
  const only = nodes.length === 1 ? nodeNamed(named, nodes[0] as number) : null;
  const about = link !== null ? linkNamed(services, named, link) : only;
  const university = universityOf(named, nodes);
  const { team_node: team, ...params } = reason.params;
  const areas = finding.areas?.map((at) => named.areas[at] ?? '');
  const explained = {
    code: reason.code,
    params: {
      ...params,
      ...(typeof team === 'number' ? { team: nodeNamed(named, team).title } : {}),
      ...(areas ? { area: areas.join(', ') } : {}),
      ...(link === null ? {} : { bond: named.bonds[link] ?? '' }),
    },
  };
  return {
    ...(about ? { id: about.id } : { ids: nodes.map((at) => nodeNamed(named, at).id) }),
    type: about?.type ?? null,
    title: about?.title ?? nodes.map((at) => titleInSet(services, named, at)).join(', '),
    alike: isGroup ? nodes.length : 1,
    university: university === null ? null : services.names.title(university),
    value: rounded(value),
    confidence,
    in_top: inTop,
    reason: sentenceOf(explained),
    because: explained,
    ...(areas ? { areas } : {}),
    records,
    record_count: because.nodes.length + because.links.length,
    interventions: finding.interventions.map((one) =>
      interventionOf(services, named, one, (at) => (unnamed.includes(at) ? (nodes[0] ?? at) : at)),
    ),
  };
}

/** The title of a node, with its university if other nodes share the title. */
function titleInSet({ names }: Pick<Services, 'names'>, { nodes }: NamedOrganisation, at: number): string {
  const { title, university } = nodes[at] as NamedOrganisation['nodes'][number];
  const isUniqueTitle =
    university === null || nodes.every((one, other) => other === at || one.title !== title);
  return isUniqueTitle ? title : `${title} (${names.title(university) ?? university})`;
}

/** Nine decimals: the rest depends on the order of summation. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

function universityOf({ nodes }: NamedOrganisation, places: readonly number[]): string | null {
  const universities = new Set(places.map((at) => nodes[at]?.university ?? null));
  return universities.size === 1 ? ([...universities][0] ?? null) : null;
}

function interventionOf(
  services: Pick<Services, 'names'>,
  named: NamedOrganisation,
  { code, value, steps }: FoundIntervention,
  inNameOf: (at: number) => number,
): Intervention {
  const id = (at: number): string => nodeNamed(named, at).id;
  const title = (at: number | undefined): string =>
    at === undefined ? '' : titleInSet(services, named, inNameOf(at));
  const [first] = steps;
  const ends = endsOf(named, first);
  const params = { from: title(ends[0]), to: title(ends[1]), count: steps.length };
  return {
    title: sentenceOf({ code, params }),
    code,
    value: rounded(value),
    params,
    changes: steps.map((step): ScenarioStep => {
      if (step.do === 'mentor') return { ...step, team: id(step.team) };
      if (step.do === 'link') return { ...step, from: id(step.from), to: id(step.to) };
      const { link, ...rest } = step;
      return { ...rest, id: named.linkIds[link] as string };
    }),
  };
}

function endsOf(named: NamedOrganisation, first: FoundStep | undefined): readonly (number | undefined)[] {
  if (!first) return [];
  if (first.do === 'link') return [first.from, first.to];
  if (first.do === 'mentor') return [first.team];
  return [named.from[first.link], named.to[first.link]];
}
