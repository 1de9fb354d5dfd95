import type { ShownRequest } from '#shared/contract/ask.ts';
import { modelFault } from '../language-models/fault.ts';
import { operationBuilder } from '../model/implement.ts';
import { backgroundJob, command, longQuery, query } from '../model/pipeline.ts';
import { withGuestNames } from '../model/guest-names.ts';
import { approveQuestion, readApproved } from './approved-questions.ts';
import {
  addTurn,
  deleteConversation,
  listConversations,
  readConversation,
  toMarkdown,
} from './conversations.ts';
import { readAskableModel, askModel, prepareQuestion, proposeModel } from './model/ask-model.ts';
import { lexiconOf, proposeAnswer } from './propose/propose.ts';
import type { ProposedAnswer } from './propose/propose.ts';
import { questionTables } from './question-schema.ts';
import { answerSql } from './answer-sql.ts';

const os = operationBuilder.ask;

/** The parts of a request that must match the shown request. */
type RequestIdentity = Pick<ShownRequest, 'url' | 'level' | 'body'>;

const isSameRequest = (one: RequestIdentity, other: RequestIdentity): boolean =>
  one.url === other.url && one.level === other.level && one.body === other.body;

const proposeByRules = longQuery((_db, { question }: { question: string }, { services }) =>
  proposeAnswer(services, question),
);

const saveApproved = command((write, input: { question: string; sql: string }, { services }) => {
  const { id, changed, replaced } = approveQuestion(write, input, lexiconOf(services));
  const question = readApproved(write.db).find((one) => one.id === id);
  if (!question) throw new Error(`the approved question ${id} is not there after its writing`);
  return { question, op_id: changed ? write.audit.op_id : null, replaced };
});

export const askHandlers = {
  schema: os.schema.handler(query(() => ({ tables: [...questionTables] }))),
  propose: os.propose.handler(async (call) => {
    const { input, context, signal } = call;
    const model = await readAskableModel(context.services);
    const withModel = (proposed: ProposedAnswer) => ({ ...proposed, model: model?.name ?? null });
    if (input.prefer === 'rules' || !model) {
      const proposed = await proposeByRules(call);
      if (proposed.by !== 'search' || !model) return withModel(proposed);
    }
    const prepared = await prepareQuestion(context.services, input, model, signal);
    return withModel(proposeModel(input.question, prepared));
  }),
  send: os.send.handler(
    backgroundJob(async ({ input, context: { services } }, { signal }) => {
      const model = await readAskableModel(services);
      if (!model) throw modelFault('off');
      const prepared = await prepareQuestion(services, input, model, signal);
      const proposed = isSameRequest(prepared.shown, input)
        ? await askModel(services, input.question, prepared, signal)
        : proposeModel(input.question, prepared);
      return { ...proposed, model: model.name };
    }),
  ),
  run: os.run.handler(
    backgroundJob(({ input, context: { services } }, { signal }) => answerSql(services, input.sql, signal)),
  ),
  approvedQuestions: os.approvedQuestions.handler(
    query((db, _input, { services }) => ({
      questions: withGuestNames(services, readApproved(db), (all) => all.map(({ owner }) => owner)),
    })),
  ),
  approve: os.approve.handler(async (call) => {
    const { input, context, signal } = call;
    // Only a statement that runs can be an approved answer.
    await context.services.background.run((stop) => answerSql(context.services, input.sql, stop), signal);
    return saveApproved(call);
  }),
  conversations: os.conversations.handler(({ input, context: { services } }) => ({
    conversations: withGuestNames(services, listConversations(services.home.read, input), (all) =>
      all.map(({ owner }) => owner),
    ),
  })),
  readConversation: os.readConversation.handler(({ input: { id }, context: { services } }) =>
    readConversation(services.home.read, id),
  ),
  addTurn: os.addTurn.handler(({ input, context }) => addTurn(context, input)),
  deleteConversation: os.deleteConversation.handler(async ({ input: { id }, context }) => {
    await deleteConversation(context, id);
    return {};
  }),
  exportConversation: os.exportConversation.handler(({ input: { id }, context: { services } }) => {
    const conversation = readConversation(services.home.read, id);
    const name = conversation.title
      .replaceAll(/[^\p{L}\p{N} -]+/gu, '')
      .slice(0, 80)
      .trim();
    return { name: `${name || 'conversation'}.md`, text: toMarkdown(conversation) };
  }),
};
