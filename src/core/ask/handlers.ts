import { operations } from '../model/implement.ts';
import { job, longQuery, query } from '../model/pipeline.ts';
import { proposeAnswer } from './propose/propose.ts';
import { questionTables } from './question-schema.ts';
import { answerSql } from './run.ts';

const os = operations.ask;

export const askHandlers = {
  schema: os.schema.handler(query(() => ({ tables: [...questionTables] }))),
  propose: os.propose.handler(
    longQuery((_db, { question }, { services }) => proposeAnswer(services, question)),
  ),
  run: os.run.handler(
    job(({ input, context: { services }, signal }) =>
      services.background.stream((_tell, given) => answerSql(services, input.sql, given), signal),
    ),
  ),
};
