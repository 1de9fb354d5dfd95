import type { RequestPace } from '../../kernel/progress.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type {
  Answer,
  insights,
  Insight,
  Intervention,
  NamedRecord,
  Question,
  ScenarioStep,
} from '#shared/contract/analysis.ts';
import { Semaphore } from '#shared/domain/semaphore.ts';
import { assertUniversity } from '../../model/known-university.ts';
import { joinTitles } from '../../model/titles.ts';
import { runYielding } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { nowOf } from '../measures/measure-history.ts';
import { answerTask } from './find-answer.ts';
import { findChanges, termEnd } from './changes.ts';
import type { AnswerRequest, Finding, Findings } from './finding.ts';
import type { FoundIntervention, FoundStep } from './interventions.ts';
import { readMeasuredHead, measuresVersion, withoutNames } from '../organisation.ts';
import { readRankingPolicy } from '../ranking.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { runShareTask } from '../run-task.ts';
import { readSimulationTarget } from '../scenarios/simulation-target.ts';
import { sentenceOf } from './sentences.ts';

type Input = InputOf<typeof insights>;

type AnswerOptions = Input & Pick<AnswerRequest, 'who'> & { rankPeople: boolean };

const maxRecords = 50;

const createAnswerCache = (): Map<string, Answer> => new Map();
const maxAnswers = 30;

/** Answers a question, from the cache if the head is the same. Throws NOT_FOUND, CANCELLED. */
export async function answerQuestion(services: Services, input: Input, pace: RequestPace): Promise<Answer> {
  assertUniversity(services.read, input.university);
  const cache = services.singletons.get(createAnswerCache);
  const since = input.since ?? termEnd(nowOf(services));
  const isDefault = input.since === undefined;
  const { people: rankPeople } = readRankingPolicy(services.read);
  const who = input.who ?? (rankPeople ? 'all' : 'teams');
  const options = { ...input, who, rankPeople };
  const request = input.question === 'changes' ? { ...options, since, isDefault } : options;
  const keyOf = (hash: string): string => `${hash} ${JSON.stringify(request)}`;
  const readHash = (): string => readMeasuredHead(services.read).hash;
  const hashBefore = readHash();
  // The records of another file change independently of this head.
  if (input.of !== undefined) return computeAnswer(services, { ...options, since, isDefault }, pace);
  const cachedAnswer = cache.get(keyOf(hashBefore));
  if (cachedAnswer) return cachedAnswer;
  const answer = await computeAnswer(services, { ...options, since, isDefault }, pace);
  // An answer that was read during a write belongs to neither head.
  if (hashBefore !== answer.head.hash || hashBefore !== readHash()) return answer;
  cache.set(keyOf(hashBefore), answer);
  for (const [oldest] of cache) if (cache.size > maxAnswers) cache.delete(oldest);
  return answer;
}

/** Rankings share one worker, because starting one takes longer than most rankings. */
const createRankingQueue = (): Semaphore => new Semaphore(1);

async function computeAnswer(
  services: Services,
  request: AnswerOptions & { since: string; isDefault: boolean },
  pace: RequestPace,
): Promise<Answer> {
  const { question, seed, university, limit, since, isDefault } = request;
  const commonFields = { question, seed, version: measuresVersion };
  if (question === 'changes') {
    const head = readMeasuredHead(services.read);
    const changes = await runYielding(findChanges(services, { since, isDefault, limit, university }), {
      clock: services.source.clock,
      signal: pace.signal,
    });
    return {
      ...commonFields,
      ...changes,
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
  const { organisation } = await readSimulationTarget(services, request.of, pace.signal);
  const { head } = organisation;
  const runTask = (): Promise<Findings> =>
    runShareTask(
      services,
      answerTask,
      {
        organisation: withoutNames(organisation),
        request: { ...request, question, only: includedNodes(organisation, university) },
      },
      pace,
    );
  const { items, worst, isEstimate, ...counts } = await (request.quick
    ? services.singletons.get(createRankingQueue).run(runTask)
    : runTask());
  const worstSet = worst && {
    ...toInsight(services, organisation, worst),
    at_most: roundValue(worst.atMost),
    exact: worst.exact,
  };
  return {
    ...commonFields,
    ...counts,
    estimate: isEstimate,
    items: items
      .flatMap((finding) =>
        request.rankPeople ? finding : (replaceByTeam(organisation, finding, question) ?? []),
      )
      .map((finding) => toInsight(services, organisation, finding)),
    worst: worstSet,
    since: null,
    begins: null,
    head,
  };
}

const noGuesses = { terms: 0, losses: 0, teams: 0 };

/** 1 for each node of a university; null for all. */
const includedNodes = ({ nodes }: NamedOrganisation, university: string | null): Uint8Array | null =>
  university === null ? null : Uint8Array.from(nodes, (node) => Number(node.university === university));

const describeNode = ({ nodes }: NamedOrganisation, node: number): NamedRecord => {
  const { id, type, title } = nodes[node] as NamedOrganisation['nodes'][number];
  return { id, type, title };
};

/** The title of a link, with universities if both ends have the same name. */
function linkTitle(services: Pick<Services, 'names'>, organisation: NamedOrganisation, link: number): string {
  const ends = [organisation.from[link] as number, organisation.to[link] as number] as const;
  const [from, to] = ends.map((node) => describeNode(organisation, node).title) as [string, string];
  if (from !== to) return joinTitles(from, to);
  return joinTitles(titleInSet(services, organisation, ends[0]), titleInSet(services, organisation, ends[1]));
}

const describeLink = (
  services: Pick<Services, 'names'>,
  organisation: NamedOrganisation,
  link: number,
): NamedRecord => ({
  id: organisation.linkIds[link] as string,
  type: 'interface',
  title: linkTitle(services, organisation, link),
});

/** For `expertise`, puts the team in place of the person, also in repairs and records; null without a team. */
function replaceByTeam(
  { from, to }: NamedOrganisation,
  finding: Finding,
  question: Question,
): Finding | null {
  const { team_node: team } = finding.reason.params;
  if (question !== 'expertise') return finding;
  if (typeof team !== 'number') return null;
  const { nodes: hiddenPeople, because } = finding;
  const isWithoutPeople = (link: number): boolean =>
    ![from[link], to[link]].some((end) => end !== undefined && hiddenPeople.includes(end));
  const causes = { nodes: [team], links: because.links.filter(isWithoutPeople) };
  return { ...finding, nodes: [team], isGroup: false, because: causes, hiddenPeople };
}

function toInsight(
  services: Pick<Services, 'names'>,
  organisation: NamedOrganisation,
  finding: Finding,
): Insight {
  const { nodes, link, value, confidence, inTop, reason, because, isGroup, hiddenPeople = [] } = finding;
  const records = [
    ...because.nodes.slice(0, maxRecords).map((node) => describeNode(organisation, node)),
    ...because.links.slice(0, maxRecords).map((linkIndex) => describeLink(services, organisation, linkIndex)),
  ];
  const singleNode = nodes.length === 1 ? describeNode(organisation, nodes[0] as number) : null;
  const subject = link !== null ? describeLink(services, organisation, link) : singleNode;
  const university = universityOf(organisation, nodes);
  const { team_node: team, ...params } = reason.params;
  const areas = finding.areas?.map((area) => organisation.areas[area] ?? '');
  const explanation = {
    code: reason.code,
    params: {
      ...params,
      ...(typeof team === 'number' ? { team: describeNode(organisation, team).title } : {}),
      ...(areas ? { area: areas.join(', ') } : {}),
      ...(link === null ? {} : { bond: organisation.bonds[link] ?? '' }),
    },
  };
  return {
    ...(subject ? { id: subject.id } : { ids: nodes.map((node) => describeNode(organisation, node).id) }),
    type: subject?.type ?? null,
    title: subject?.title ?? nodes.map((node) => titleInSet(services, organisation, node)).join(', '),
    alike: isGroup ? nodes.length : 1,
    university: university === null ? null : services.names.title(university),
    value: roundValue(value),
    confidence,
    in_top: inTop,
    reason: sentenceOf(explanation),
    because: explanation,
    ...(areas ? { areas } : {}),
    records,
    record_count: because.nodes.length + because.links.length,
    interventions: finding.interventions.map((intervention) =>
      toIntervention(services, organisation, intervention, (node) =>
        hiddenPeople.includes(node) ? (nodes[0] ?? node) : node,
      ),
    ),
  };
}

/** The title of a node, with its university if other nodes share the title. */
function titleInSet({ names }: Pick<Services, 'names'>, { nodes }: NamedOrganisation, node: number): string {
  const { title, university } = nodes[node] as NamedOrganisation['nodes'][number];
  const isUniqueTitle =
    university === null || nodes.every((candidate, index) => index === node || candidate.title !== title);
  return isUniqueTitle ? title : `${title} (${names.title(university) ?? university})`;
}

/** Rounds to nine decimals, because further ones depend on the order of summation. */
const roundValue = (value: number): number => Math.round(value * 1e9) / 1e9;

function universityOf({ nodes }: NamedOrganisation, nodeIndexes: readonly number[]): string | null {
  const universities = new Set(nodeIndexes.map((node) => nodes[node]?.university ?? null));
  return universities.size === 1 ? ([...universities][0] ?? null) : null;
}

function toIntervention(
  services: Pick<Services, 'names'>,
  organisation: NamedOrganisation,
  { code, value, steps }: FoundIntervention,
  shownNode: (at: number) => number,
): Intervention {
  const idOf = (node: number): string => describeNode(organisation, node).id;
  const titleOf = (node: number | undefined): string =>
    node === undefined ? '' : titleInSet(services, organisation, shownNode(node));
  const [firstStep] = steps;
  const ends = endsOf(organisation, firstStep);
  const params = { from: titleOf(ends[0]), to: titleOf(ends[1]), count: steps.length };
  return {
    title: sentenceOf({ code, params }),
    code,
    value: roundValue(value),
    params,
    changes: steps.map((step): ScenarioStep => {
      if (step.do === 'mentor') return { ...step, team: idOf(step.team) };
      if (step.do === 'link') return { ...step, from: idOf(step.from), to: idOf(step.to) };
      const { link, ...fields } = step;
      return { ...fields, id: organisation.linkIds[link] as string };
    }),
  };
}

function endsOf(
  organisation: NamedOrganisation,
  firstStep: FoundStep | undefined,
): readonly (number | undefined)[] {
  if (!firstStep) return [];
  if (firstStep.do === 'link') return [firstStep.from, firstStep.to];
  if (firstStep.do === 'mentor') return [firstStep.team];
  return [organisation.from[firstStep.link], organisation.to[firstStep.link]];
}
