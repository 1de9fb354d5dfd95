import { modelFault } from '../language-models/fault.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, longQuery, query } from '../model/pipeline.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import { approveQuestion, readApprovedQuestions } from './approved-questions.ts';
import {
  addTurn,
  deleteConversation,
  listConversations,
  readConversation,
  toMarkdown,
} from './conversations.ts';
import {
  readAskableModel,
  askModel,
  isSameRequest,
  prepareQuestion,
  proposeModel,
} from './model/ask-model.ts';
import { lexiconOf, proposeAnswer } from './propose/propose.ts';
import type { ProposedAnswer } from './propose/propose.ts';
import { questionTables } from './question-schema.ts';
import { answerSql } from './answer-sql.ts';

const ask = operationBuilder.ask;

const proposeByRules = longQuery((_db, { question }: { question: string }, { services }) =>
  proposeAnswer(services, question),
);

const saveApprovedQuestion = command((write, input: { question: string; sql: string }, { services }) => {
  const { id, changed, replaced } = approveQuestion(write, input, lexiconOf(services));
  const question = readApprovedQuestions(write.db).find((candidate) => candidate.id === id);
  if (!question) throw new Error(`the approved question ${id} is not there after its writing`);
  return { question, op_id: changed ? write.audit.op_id : null, replaced };
});

export const askHandlers = {
  schema: ask.schema.handler(query(() => ({ tables: [...questionTables] }))),
  propose: ask.propose.handler(async (call) => {
    const { input, context, signal } = call;
    const model = await readAskableModel(context.services);
    const withModel = (proposal: ProposedAnswer) => ({ ...proposal, model: model?.name ?? null });
    if (input.prefer === 'rules' || !model) {
      const proposal = await proposeByRules(call);
      if (proposal.by !== 'search' || !model) return withModel(proposal);
    }
    const preparedQuestion = await prepareQuestion(context.services, input, model, signal);
    return withModel(proposeModel(input.question, preparedQuestion));
  }),
  send: ask.send.handler(
    backgroundJob(async ({ input, context: { services } }, { signal }) => {
      const model = await readAskableModel(services);
      if (!model) throw modelFault('off');
      const preparedQuestion = await prepareQuestion(services, input, model, signal);
      const proposal = isSameRequest(preparedQuestion.shownRequest, input)
        ? await askModel(services, input.question, preparedQuestion, signal)
        : proposeModel(input.question, preparedQuestion);
      return { ...proposal, model: model.name };
    }),
  ),
  run: ask.run.handler(
    backgroundJob(({ input, context: { services } }, { signal }) => answerSql(services, input.sql, signal)),
  ),
  approvedQuestions: ask.approvedQuestions.handler(
    query((db, _input, { services }) => ({
      questions: withNamesFromLive(services, readApprovedQuestions(db), (all) =>
        all.map(({ owner }) => owner),
      ),
    })),
  ),
  approve: ask.approve.handler(async (call) => {
    const { input, context, signal } = call;
    // Only a statement that runs can be an approved answer.
    await context.services.background.run(
      (jobSignal) => answerSql(context.services, input.sql, jobSignal),
      signal,
    );
    return saveApprovedQuestion(call);
  }),
  conversations: ask.conversations.handler(({ input, context: { services } }) => ({
    conversations: withNamesFromLive(services, listConversations(services.home.read, input), (all) =>
      all.map(({ owner }) => owner),
    ),
  })),
  readConversation: ask.readConversation.handler(({ input: { id }, context: { services } }) =>
    readConversation(services.home.read, id),
  ),
  addTurn: ask.addTurn.handler(({ input, context }) => addTurn(context, input)),
  deleteConversation: ask.deleteConversation.handler(async ({ input: { id }, context }) => {
    await deleteConversation(context, id);
    return {};
  }),
  exportConversation: ask.exportConversation.handler(({ input: { id }, context: { services } }) => {
    const conversation = readConversation(services.home.read, id);
    const name = conversation.title
      .replaceAll(/[^\p{L}\p{N} -]+/gu, '')
      .slice(0, 80)
      .trim();
    return { name: `${name || 'conversation'}.md`, text: toMarkdown(conversation) };
  }),
};
