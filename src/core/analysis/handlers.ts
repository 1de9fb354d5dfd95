import type { RequestPace } from '../kernel/progress.ts';
import { readApprovalRule } from '../model/four-eyes.ts';
import { assertUniversity } from '../model/known-university.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, longQuery, query, writeJob } from '../model/pipeline.ts';
import type { Services } from '../model/services.ts';
import { readAreaRisks, toAreaRisk } from './code/area-risks.ts';
import { answerQuestion } from './questions/answer.ts';
import { termEnd } from '#shared/domain/terms.ts';
import { tabulateExpertise } from './measures/expertise.ts';
import { measureFactors } from './measures/measure-factors.ts';
import { measureGroups } from './measures/network-groups.ts';
import { measureHistory } from './measures/measure-history.ts';
import { nowOf } from '../moments/point.ts';
import { listForecasts, removeForecast, saveForecast } from './scenarios/forecasts.ts';
import { legacyModel, readLegacyCounts } from './measures/legacy.ts';
import { rateByBonds } from './measures/rate-by-bonds.ts';
import { measureNetwork } from './measures/network-model.ts';
import { readRankingPolicy, setRankingPolicy } from './ranking.ts';
import { agreementCommand, setApprovalRule } from './repairs/agreement.ts';
import { captureRepair } from './repairs/capture.ts';
import { markDone, measureRepair } from './repairs/mark-done.ts';
import { planRepair } from './repairs/plan-repair.ts';
import { improveWording } from './repairs/wording.ts';
import { readOrganisation } from './read-organisation.ts';
import { runSimulation } from './scenarios/simulate.ts';
import { compareUniversities } from './measures/universities.ts';
import type { LeavingReport } from '#shared/contract/dashboards.ts';
import { leavesWithin } from './questions/leavers.ts';
import { noNode } from './organisation.ts';
import type { NamedOrganisation } from './organisation.ts';

type Team = LeavingReport['by_team'][number];

/** Students who leave within a term, by team; of one university, or of all if null. `by` is the end of that term. */
function findLeaving(
  { nodes, students, memberOf, terms }: NamedOrganisation,
  { university, limit, by }: { university: string | null; limit: number; by: string },
): LeavingReport {
  const memberCounts = new Map<number, number>();
  for (const team of memberOf) memberCounts.set(team, (memberCounts.get(team) ?? 0) + 1);
  const teams = new Map<number, Team>();
  const people = new Set<number>();
  for (const [row, node] of students.entries()) {
    const student = nodes[node];
    const termsLeft = terms[row] as number;
    if (!student || !leavesWithin(termsLeft) || (university !== null && student.university !== university))
      continue;
    people.add(node);
    const teamNode = memberOf[row] as number;
    const entry = teams.get(teamNode) ?? {
      team: teamAt(nodes, teamNode),
      members: memberCounts.get(teamNode) ?? 0,
      leaving: [],
    };
    entry.leaving.push({ id: student.id, title: student.title, terms: termsLeft });
    teams.set(teamNode, entry);
  }
  const leavingShare = ({ team, leaving, members: memberCount }: Team): number =>
    team === null ? 0 : leaving.length / memberCount;
  const teamsByShare = [...teams.values()].sort(
    (a, b) => leavingShare(b) - leavingShare(a) || b.leaving.length - a.leaving.length,
  );
  // Students without a team are a group of their own.
  const teamCount = teams.size - Number(teams.has(noNode));
  return {
    by,
    people: people.size,
    teams: teamCount,
    by_team: teamsByShare.slice(0, limit),
  };
}

function teamAt(nodes: NamedOrganisation['nodes'], teamNode: number): Team['team'] {
  const node = teamNode === noNode ? undefined : nodes[teamNode];
  return node ? { id: node.id, type: node.type, title: node.title } : null;
}

const serviceJob = <I, R>(run: (services: Services, input: I, pace: RequestPace) => Promise<R>) =>
  backgroundJob<I, R>(({ input, context: { services } }, pace) => run(services, input, pace));

const analysis = operationBuilder.analysis;

export const analysisHandlers = {
  insights: analysis.insights.handler(serviceJob(answerQuestion)),
  network: analysis.network.handler(serviceJob(measureNetwork)),
  groups: analysis.groups.handler(serviceJob(measureGroups)),
  simulate: analysis.simulate.handler(serviceJob(runSimulation)),
  factor: analysis.factor.handler(longQuery((db, input) => measureFactors(db, input))),
  rateByBonds: analysis.rateByBonds.handler(
    writeJob(({ input, context }, pace) => rateByBonds(context, input, pace)),
  ),
  originalMeasures: analysis.originalMeasures.handler(
    longQuery(function* (db, { university }) {
      assertUniversity(db, university);
      return legacyModel(yield* readLegacyCounts(db, university));
    }),
  ),
  universities: analysis.universities.handler(
    longQuery(function* (_db, _input, { services }) {
      const { comparison, organisation } = yield* compareUniversities(services);
      return { ...comparison, head: organisation.head };
    }),
  ),
  leavingStudents: analysis.leavingStudents.handler(
    longQuery(function* (db, input, { services }) {
      assertUniversity(db, input.university);
      const organisation = yield* readOrganisation(services);
      return findLeaving(organisation, { ...input, by: termEnd(nowOf(services), 1) });
    }),
  ),
  expertise: analysis.expertise.handler(
    longQuery(function* (db, input, { services }) {
      assertUniversity(db, input.university);
      const organisation = yield* readOrganisation(services);
      return yield* tabulateExpertise(organisation, input, (id) => services.names.title(id));
    }),
  ),
  history: analysis.history.handler(serviceJob(measureHistory)),
  ranking: analysis.ranking.handler(query((db) => readRankingPolicy(db))),
  setRanking: analysis.setRanking.handler(
    command((write, policy, { services }) => ({
      policy,
      op_id: setRankingPolicy(write, policy, services) ? write.audit.op_id : null,
    })),
  ),
};

const forecasts = operationBuilder.forecasts;

export const forecastHandlers = {
  list: forecasts.list.handler(serviceJob((services, _input, pace) => listForecasts(services, pace))),
  save: forecasts.save.handler(
    backgroundJob(({ input, context }, pace) => saveForecast(context, input, pace)),
  ),
  remove: forecasts.remove.handler(command((write, { id }) => removeForecast(write, id))),
};

const repairs = operationBuilder.repairs;

export const repairHandlers = {
  measure: repairs.measure.handler(
    serviceJob((services, { id }: { id: string }, pace) => measureRepair(services, id, pace)),
  ),
  markDone: repairs.markDone.handler(
    backgroundJob(({ input: { id }, context }, pace) => markDone(context, id, pace)),
  ),
  plan: repairs.plan.handler(backgroundJob(({ input, context }, pace) => planRepair(context, input, pace))),
  improveWording: repairs.improveWording.handler(serviceJob(improveWording)),
  capture: repairs.capture.handler(
    backgroundJob(({ input, context }, pace) => captureRepair(context, input, pace)),
  ),
  approve: repairs.approve.handler(command(agreementCommand('approve'))),
  check: repairs.check.handler(command(agreementCommand('check'))),
  approval: repairs.approval.handler(query((db) => readApprovalRule(db))),
  setApproval: repairs.setApproval.handler(command(setApprovalRule)),
};

export const codeRiskHandlers = {
  risks: operationBuilder.maps.risks.handler(
    query(async (_db, { repository }, { services }) => {
      const areas = await readAreaRisks(services);
      return areas
        .filter((area) => repository === undefined || area.repository.id === repository)
        .map(toAreaRisk);
    }),
  ),
};
