import type { RequestPace } from '../../kernel/progress.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type {
  Answer,
  insights,
  Insight,
  Intervention,
  NamedRecord,
  Question,
  RepairStep,
} from '#shared/contract/analysis.ts';
import { linkTitle } from '#shared/domain/title.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { Semaphore } from '#shared/domain/semaphore.ts';
import { assertUniversity } from '../../model/known-university.ts';
import { locateIn } from '../../log/records/locate.ts';
import { runYielding } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { nowOf } from '../../moments/point.ts';
import { answerTask } from './find-answer.ts';
import { termEnd } from '#shared/domain/terms.ts';
import { answerCode } from '../code/answer-code.ts';
import { aboutLink, findChanges } from './changes.ts';
import type { AnswerRequest, Finding, Findings } from './finding.ts';
import type { FoundIntervention, FoundStep } from './choose-interventions.ts';
import { nodeKind, noNode, readMeasuredHead, measuresVersion, withoutNames } from '../organisation.ts';
import { readRankingPolicy } from '../ranking.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { runShareTask } from '../run-task.ts';
import { readSimulationTarget } from '../scenarios/simulation-target.ts';
import { sentenceOf } from './sentences.ts';
import { assumedShare, estimateUnrecorded, intervalOf, readConfirmations } from './unrecorded.ts';

type Input = InputOf<typeof insights>;

type AnswerOptions = Input & Pick<AnswerRequest, 'who'> & { rankPeople: boolean };

const maxRecords = 50;
/** The links that a repair of several links names. */
const maxNamedLinks = 12;
const maxGroupTitles = 3;

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
      ...notSimulated,
      head,
    };
  }
  if (question === 'code') {
    const target = request.of === 'live' ? services.home : services;
    return {
      ...commonFields,
      ...(await answerCode(target, request)),
      ...notSimulated,
      since: null,
      begins: null,
      head: readMeasuredHead(target.read),
    };
  }
  const { organisation } = await readSimulationTarget(services, request.of, pace.signal);
  const { head } = organisation;
  const log = request.of === 'live' ? services.home.read : services.read;
  const confirmations = request.quick ? null : readConfirmations(log);
  const unrecorded = confirmations ? estimateUnrecorded(confirmations) : assumedShare;
  const runTask = (): Promise<Findings> =>
    runShareTask(
      services,
      answerTask,
      {
        organisation: withoutNames(organisation),
        request: { ...request, question, unrecorded, only: includedNodes(organisation, university) },
      },
      pace,
    );
  const { items, worst, isEstimate, ...counts } = await (request.quick
    ? services.singletons.get(createRankingQueue).run(runTask)
    : runTask());
  const writer = new InsightWriter(organisation, services, request.rankPeople);
  const worstSet = worst && {
    ...writer.write(worst),
    at_most: roundValue(worst.atMost),
    exact: worst.exact,
  };
  return {
    ...commonFields,
    ...counts,
    estimate: isEstimate,
    unrecorded:
      counts.runs > 0 && confirmations
        ? { share: roundValue(unrecorded.mean), ...intervalOf(unrecorded), ...confirmations }
        : null,
    items: items
      .flatMap((finding) =>
        request.rankPeople ? finding : (replaceByTeam(organisation, finding, question) ?? []),
      )
      .map((finding) => writer.write(finding)),
    worst: worstSet,
    since: null,
    begins: null,
    head,
  };
}

/** The fields of answers that come from the records alone. */
const notSimulated = {
  top: 0,
  worst: null,
  runs: 0,
  estimate: false,
  guesses: { terms: 0, losses: 0, teams: 0 },
  unrecorded: null,
} as const;

/** 1 for each node of a university; null for all. */
const includedNodes = ({ nodes }: NamedOrganisation, university: string | null): Uint8Array | null =>
  university === null ? null : Uint8Array.from(nodes, (node) => Number(node.university === university));

/** For `expertise`, puts teams in place of people, also in repairs and records; null for a person without a team. */
function replaceByTeam(
  { from, to, kinds, students, memberOf }: NamedOrganisation,
  finding: Finding,
  question: Question,
): Finding | null {
  if (question !== 'expertise') return finding;
  const { because } = finding;
  const hiddenPeople = because.nodes.filter((node) => kinds[node] === nodeKind.person);
  const teamsOf = (people: readonly number[]): number[] =>
    people.map((node) =>
      kinds[node] === nodeKind.person ? (memberOf[students.indexOf(node)] ?? noNode) : node,
    );
  const nodes = teamsOf(finding.nodes);
  if (nodes.includes(noNode)) return null;
  const isWithoutPeople = (link: number): boolean =>
    ![from[link], to[link]].some((end) => end !== undefined && hiddenPeople.includes(end));
  const causes = {
    nodes: [...new Set(teamsOf(because.nodes))].filter((node) => node !== noNode),
    links: because.links.filter(isWithoutPeople),
  };
  return { ...finding, nodes, isGroup: false, because: causes, hiddenPeople };
}

function commonType(records: readonly NamedRecord[]): NamedRecord['type'] | null {
  const [type = null, ...others] = new Set(records.map((record) => record.type));
  return others.length === 0 ? type : null;
}

/** Joins different names; those of interchangeable records are cut to the first three. */
function joinNames(names: readonly string[], isInterchangeable: boolean): string {
  const titles = [...new Set(names)];
  if (!isInterchangeable || titles.length <= maxGroupTitles + 1) return titles.join(', ');
  return [...titles.slice(0, maxGroupTitles), '…'].join(', ');
}

/** Rounds to nine decimals, because further ones depend on the order of summation. */
const roundValue = (value: number): number => Math.round(value * 1e9) / 1e9;

/** Writes findings with the ids and titles of their records. */
class InsightWriter {
  readonly #organisation: NamedOrganisation;
  readonly #names: Services['names'];
  readonly #read: Services['read'];

  /** Whether people may be named; otherwise their team is. */
  readonly #namesPeople: boolean;

  constructor(
    organisation: NamedOrganisation,
    { names, read }: Pick<Services, 'names' | 'read'>,
    namesPeople: boolean,
  ) {
    [this.#organisation, this.#names, this.#read] = [organisation, names, read];
    this.#namesPeople = namesPeople;
  }

  write(finding: Finding): Insight {
    const { nodes, link, links = [], value, confidence, inTop, reason, because } = finding;
    const { isGroup, hiddenPeople = [] } = finding;
    const records = [
      ...because.nodes.slice(0, maxRecords).map((node) => this.#node(node)),
      ...because.links
        .slice(0, maxRecords)
        .map((linkIndex) => this.#link(linkIndex, this.#payloadOf(linkIndex).description)),
    ];
    const singleNode = nodes.length === 1 ? this.#node(nodes[0] as number) : null;
    const subject = link === null || links.length > 0 ? singleNode : this.#link(link);
    const several =
      links.length > 0 ? links.map((one) => this.#link(one)) : nodes.map((node) => this.#titledNode(node));
    const isInterchangeable = isGroup || links.length > 0;
    const universities = new Set(nodes.map((node) => this.#organisation.nodes[node]?.university ?? null));
    const university = universities.size === 1 ? ([...universities][0] ?? null) : null;
    const { team_node: team, ...params } = reason.params;
    const areas = finding.areas?.map((area) => this.#areaName(area));
    const neededBy = (finding.neededBy ?? []).map((node) => this.#titleInSet(node));
    const explanation = {
      code: reason.code,
      params: {
        ...params,
        ...(typeof team === 'number' ? { team: this.#node(team).title } : {}),
        ...(areas ? { area: areas.join(', ') } : {}),
        ...(neededBy.length === 0 ? {} : { needed_by: neededBy.join(', ') }),
        ...(link === null ? {} : { bond: this.#organisation.bonds[link] ?? '' }),
      },
    };
    return {
      ...(subject ? { id: subject.id } : { ids: several.map(({ id }) => id) }),
      type: subject?.type ?? (isInterchangeable ? commonType(several) : null),
      title:
        subject?.title ??
        joinNames(
          several.map(({ title }) => title),
          isInterchangeable,
        ),
      ...(link === null ? {} : this.#about(links.length > 0 ? links : [link])),
      alike: isInterchangeable ? several.length : 1,
      university: university === null ? null : this.#names.title(university),
      value: roundValue(value),
      confidence,
      in_top: inTop,
      reason: sentenceOf(explanation),
      because: explanation,
      ...(areas ? { areas } : {}),
      ...(finding.isBeyond === true ? { beyond: true as const } : {}),
      records,
      record_count: because.nodes.length + because.links.length,
      interventions: finding.interventions.map((intervention) =>
        this.#intervention(intervention, (node) => (hiddenPeople.includes(node) ? (nodes[0] ?? node) : node)),
      ),
    };
  }

  #node(node: number): NamedRecord {
    const { id, type, title } = this.#organisation.nodes[node] as NamedOrganisation['nodes'][number];
    return { id, type, title };
  }

  #titledNode(node: number): NamedRecord {
    return { ...this.#node(node), title: this.#titleInSet(node) };
  }

  #teamOf(person: number): number {
    const { students, memberOf } = this.#organisation;
    const team = memberOf[students.indexOf(person)] ?? noNode;
    return team === noNode ? person : team;
  }

  #areaName(area: number): string {
    return this.#organisation.areas[area] ?? '';
  }

  /** A link by the titles of its ends, with universities if both have the same name. */
  #link(link: number, description?: Json): NamedRecord {
    const { from, to, linkIds } = this.#organisation;
    const ends = [from[link] as number, to[link] as number] as const;
    const [start, end] = [this.#node(ends[0]).title, this.#node(ends[1]).title];
    const title =
      start === end
        ? linkTitle(this.#titleInSet(ends[0]), this.#titleInSet(ends[1]), description)
        : linkTitle(start, end, description);
    return { id: linkIds[link] as string, type: 'interface', title };
  }

  #payloadOf(link: number): JsonObject {
    return locateIn(this.#read, 'interface', this.#organisation.linkIds[link] as string)?.payload ?? {};
  }

  #about(links: readonly number[]): { about?: string } {
    const descriptions = links
      .slice(0, maxRecords)
      .flatMap((link) => aboutLink('interface', this.#payloadOf(link)).about ?? []);
    return descriptions.length === 0 ? {} : { about: joinNames(descriptions, links.length > 1) };
  }

  /** The title of a node, with its university if other nodes share the title. */
  #titleInSet(node: number): string {
    const { nodes } = this.#organisation;
    const { title, university } = nodes[node] as NamedOrganisation['nodes'][number];
    const isUniqueTitle =
      university === null || nodes.every((candidate, index) => index === node || candidate.title !== title);
    return isUniqueTitle ? title : `${title} (${this.#names.title(university) ?? university})`;
  }

  #intervention(
    { code, value, steps }: FoundIntervention,
    shownNode: (node: number) => number,
  ): Intervention {
    const endTitles = (step: FoundStep | undefined): string[] =>
      this.#endsOf(step).map((node) => this.#titleInSet(shownNode(node)));
    const [from = '', to = ''] = endTitles(steps[0]);
    const area = steps.flatMap((step) => (step.do === 'learn' ? [this.#areaName(step.area)] : [])).join(', ');
    const documented = steps.flatMap((step) => {
      const [start, end] = step.do === 'document' ? endTitles(step) : [];
      return start === undefined || end === undefined ? [] : [linkTitle(start, end)];
    });
    const params = {
      from,
      to,
      count: steps.length,
      ...(area !== '' && { area }),
      ...(documented.length > 1 && { links: documented.slice(0, maxNamedLinks).join(' · ') }),
    };
    const shownCode = code === 'learn' && !this.#namesPeople ? 'learn_member' : code;
    return {
      title: sentenceOf({ code: shownCode, params }),
      code: shownCode,
      value: roundValue(value),
      params,
      changes: steps.map((step): RepairStep => {
        if (step.do === 'learn')
          return { do: 'learn', id: this.#node(step.person).id, area: this.#areaName(step.area) };
        if (step.do === 'mentor') return { ...step, team: this.#node(step.team).id };
        if (step.do === 'link')
          return { ...step, from: this.#node(step.from).id, to: this.#node(step.to).id };
        const { link, ...fields } = step;
        return { ...fields, id: this.#organisation.linkIds[link] as string };
      }),
    };
  }

  #endsOf(step: FoundStep | undefined): readonly number[] {
    if (!step) return [];
    if (step.do === 'link') return [step.from, step.to];
    if (step.do === 'mentor') return [step.team];
    if (step.do === 'learn') return [this.#namesPeople ? step.person : this.#teamOf(step.person)];
    const { from, to } = this.#organisation;
    return [from[step.link] as number, to[step.link] as number];
  }
}
