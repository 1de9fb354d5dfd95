import { assertUniversity } from '../model/known-university.ts';
import { operationBuilder } from '../model/implement.ts';
import { backgroundJob, command, longQuery, query, writeJob } from '../model/pipeline.ts';
import { answerQuestion } from './questions/answer.ts';
import { termEnd } from './questions/changes.ts';
import { tabulateExpertise } from './measures/expertise.ts';
import { measureFactors } from './measures/measure-factors.ts';
import { measureGroups } from './measures/groups.ts';
import { measureHistory, nowOf } from './measures/history.ts';
import { listForecasts, removeForecast, saveForecast } from './scenarios/forecasts.ts';
import { legacyModel } from './measures/legacy.ts';
import { rateByBonds } from './measures/rate-by-bonds.ts';
import { measureNetwork } from './measures/network-model.ts';
import { readRanking, setRanking } from './ranking.ts';
import { markDone, measureRepair } from './repairs/mark-done.ts';
import { readOrganisation } from './read-organisation.ts';
import { runSimulation } from './scenarios/simulate.ts';
import { readLegacyCounts } from './measures/legacy-counts.ts';
import { compareUniversities } from './measures/universities.ts';
import type { Leaving } from '#shared/contract/dashboards.ts';
import { leavesWithin } from './questions/leavers.ts';
import { noNode } from './organisation.ts';
import type { NamedOrganisation } from './organisation.ts';

type Team = Leaving['by_team'][number];

/** Students whose terms end by `by`, by team; of one university, or of all if null. */
function findLeaving(
  { nodes, students, memberOf, terms }: NamedOrganisation,
  { university, limit, by }: { university: string | null; limit: number; by: string },
): Leaving {
  const members = new Map<number, number>();
  for (const team of memberOf) members.set(team, (members.get(team) ?? 0) + 1);
  const teams = new Map<number, Team>();
  let people = 0;
  for (const [at, node] of students.entries()) {
    const student = nodes[node];
    const left = terms[at] as number;
    if (!student || !leavesWithin(left) || (university !== null && student.university !== university))
      continue;
    people += 1;
    const place = memberOf[at] as number;
    const known = teams.get(place) ?? {
      team: teamAt(nodes, place),
      members: members.get(place) ?? 0,
      leaving: [],
    };
    known.leaving.push({ id: student.id, title: student.title, terms: left });
    teams.set(place, known);
  }
  const share = ({ team, leaving, members: all }: Team): number => (team === null ? 0 : leaving.length / all);
  const found = [...teams.values()].sort(
    (a, b) => share(b) - share(a) || b.leaving.length - a.leaving.length,
  );
  return {
    by,
    people,
    teams: teams.size - Number(teams.has(noNode)),
    by_team: found.slice(0, limit),
  };
}

function teamAt(nodes: NamedOrganisation['nodes'], place: number): Team['team'] {
  const node = place === noNode ? undefined : nodes[place];
  return node ? { id: node.id, type: node.type, title: node.title } : null;
}

const os = operationBuilder.analysis;

export const analysisHandlers = {
  insights: os.insights.handler(
    backgroundJob(({ input, context: { services } }, pace) => answerQuestion(services, input, pace)),
  ),
  network: os.network.handler(
    backgroundJob(({ input, context: { services } }, pace) => measureNetwork(services, input, pace)),
  ),
  groups: os.groups.handler(
    backgroundJob(({ input, context: { services } }, pace) => measureGroups(services, input, pace)),
  ),
  simulate: os.simulate.handler(
    backgroundJob(({ input, context: { services } }, pace) => runSimulation(services, input, pace)),
  ),
  factor: os.factor.handler(longQuery((db, input) => measureFactors(db, input))),
  rateByBonds: os.rateByBonds.handler(
    writeJob(({ input, context }, pace) => rateByBonds(context, input, pace)),
  ),
  legacy: os.legacy.handler(
    longQuery(function* (db, { university }) {
      assertUniversity(db, university);
      return legacyModel(yield* readLegacyCounts(db, university));
    }),
  ),
  universities: os.universities.handler(
    longQuery(function* (_db, _input, { services }) {
      const { comparison, organisation } = yield* compareUniversities(services);
      return { ...comparison, head: organisation.head };
    }),
  ),
  leaving: os.leaving.handler(
    longQuery(function* (db, input, { services }) {
      assertUniversity(db, input.university);
      const organisation = yield* readOrganisation(services);
      return findLeaving(organisation, { ...input, by: termEnd(nowOf(services), 1) });
    }),
  ),
  expertise: os.expertise.handler(
    longQuery(function* (db, input, { services }) {
      assertUniversity(db, input.university);
      const organisation = yield* readOrganisation(services);
      return yield* tabulateExpertise(organisation, input, (id) => services.names.title(id));
    }),
  ),
  history: os.history.handler(
    backgroundJob(({ input, context: { services } }, pace) => measureHistory(services, input, pace)),
  ),
  ranking: os.ranking.handler(query((db) => readRanking(db))),
  setRanking: os.setRanking.handler(
    command((write, policy, { services }) => ({
      policy,
      op_id: setRanking(write, policy, services) ? write.audit.op_id : null,
    })),
  ),
};

const predictions = operationBuilder.forecasts;

export const forecastHandlers = {
  list: predictions.list.handler(
    backgroundJob(({ context: { services } }, pace) => listForecasts(services, pace)),
  ),
  save: predictions.save.handler(
    backgroundJob(({ input, context }, pace) => saveForecast(context, input, pace)),
  ),
  remove: predictions.remove.handler(command((write, { id }) => removeForecast(write, id))),
};

const repairs = operationBuilder.repairs;

export const repairHandlers = {
  measure: repairs.measure.handler(
    backgroundJob(({ input: { id }, context: { services } }, pace) => measureRepair(services, id, pace)),
  ),
  markDone: repairs.markDone.handler(
    backgroundJob(({ input: { id }, context }, pace) => markDone(context, id, pace)),
  ),
};
