import { operations } from '../model/implement.ts';
import { job, longQuery } from '../model/pipeline.ts';
import { answerQuestion } from './answer.ts';
import { measureGroups } from './groups.ts';
import { measureFactors } from './measure-factors.ts';
import { legacyModel } from './legacy.ts';
import { rateByBonds } from './rate-by-bonds.ts';
import { measureNetwork } from './network-model.ts';
import { runSimulation } from './simulate.ts';
import { readLegacyCounts } from './legacy-counts.ts';

const os = operations.analysis;

export const analysisHandlers = {
  insights: os.insights.handler(
    job(({ input, context: { services }, signal }) =>
      services.jobs.stream((tell, given) => answerQuestion(services, input, { tell, signal: given }), signal),
    ),
  ),
  network: os.network.handler(
    job(({ input, context: { services }, signal }) =>
      services.jobs.stream((tell, given) => measureNetwork(services, input, { tell, signal: given }), signal),
    ),
  ),
  groups: os.groups.handler(
    job(({ input, context: { services }, signal }) =>
      services.jobs.stream((tell, given) => measureGroups(services, input, { tell, signal: given }), signal),
    ),
  ),
  simulate: os.simulate.handler(
    job(({ input, context: { services }, signal }) =>
      services.jobs.stream((tell, given) => runSimulation(services, input, { tell, signal: given }), signal),
    ),
  ),
  factor: os.factor.handler(longQuery((db, input) => measureFactors(db, input))),
  rateByBonds: os.rateByBonds.handler(
    job(({ input, context, signal }) => rateByBonds(context, input, signal)),
  ),
  legacy: os.legacy.handler(
    longQuery(function* (db, { university }) {
      return legacyModel(yield* readLegacyCounts(db, university));
    }),
  ),
};
