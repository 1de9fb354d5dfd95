import type { DisclosureLevel, ShownRequest } from '#shared/contract/ask.ts';
import { readChosenModel, prepareRequest, sendRequest } from '../../language-models/client.ts';
import type { ChosenModel, PreparedRequest } from '../../language-models/client.ts';
import { runYielding } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { similarQuestions } from '../approved-questions.ts';
import { readConversation } from '../conversations.ts';
import { findNames } from '../propose/find-names.ts';
import { lexiconOf, maxSearchLength } from '../propose/propose.ts';
import type { ProposedAnswer } from '../propose/propose.ts';
import { wordsOf } from '../propose/segments.ts';
import { questionDatabase } from '../question-database.ts';
import { allowsDisclosure, collectNames, emptyDisclosure, readSample } from './disclose.ts';
import type { Disclosure } from './disclose.ts';
import { messagesFor } from './messages.ts';

/** A model's reply: a statement with a sentence about it, or a sentence that says why there is none. */
type Reply = { sql: string; sentence: string } | { sql: null; sentence: string };

const maxSentenceLength = 300;
const maxStatementLength = 100_000;

const shortSentence = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+|\s+/gu, ' ')
    .trim()
    .slice(0, maxSentenceLength);

/** Removes the reasoning that some models write before their answer. */
export function removeReasoning(text: string): string {
  const end = text.lastIndexOf('</think>');
  return end < 0 ? text : text.slice(end + '</think>'.length);
}

/** Reads the first SQL block of a reply, or a reply that is a statement. The statement is not checked here; running it does that. */
function readReply(text: string): Reply {
  const answer = removeReasoning(text).trim();
  const block = /```(?:sql|sqlite)?[^\S\n]*\n([^]*?)(?:```|$)/i.exec(answer);
  const explanation = block ? answer.replace(block[0], ' ') : '';
  const sql = (block?.[1] ?? (/^(?:SELECT|WITH)\s/i.test(answer) ? answer : '')).trim();
  if (sql === '' || sql.length > maxStatementLength)
    return { sql: null, sentence: shortSentence(answer.replace(/^IMPOSSIBLE\b[\s.:,–-]*/i, '')) };
  return { sql, sentence: shortSentence(explanation) };
}

/** A question, its conversation, and the statements that failed for the question. */
export interface ModelQuestion {
  question: string;
  conversation: string | null;
  tried: readonly { sql: string; error: string }[];
}

/** Statements written by models since the workspace was opened. */
const createModelStatements = (): { statements: Set<string> } => ({ statements: new Set() });

const maxApprovedQuestions = 5;
const maxEarlierTurns = 5;

interface PreparedQuestion {
  request: PreparedRequest;
  shownRequest: ShownRequest;
}

/** The chosen model; null if none is chosen, or if nothing is allowed to be sent to the model. */
export async function readAskableModel(services: Services): Promise<ChosenModel | null> {
  const model = await readChosenModel(services);
  return model?.level === 'off' ? null : model;
}

/** The request that would be sent for a question. */
export async function prepareQuestion(
  services: Services,
  modelQuestion: ModelQuestion,
  { level }: ChosenModel,
  signal?: AbortSignal,
): Promise<PreparedQuestion> {
  const disclosure = await disclose(services, modelQuestion, level, signal);
  const { statements } = services.singletons.get(createModelStatements);
  // A statement edited by a person can contain values.
  const tried = modelQuestion.tried.filter(
    ({ sql }) => allowsDisclosure(level, 'names') || statements.has(sql),
  );
  const messages = messagesFor(modelQuestion.question, tried, disclosure);
  const request = await prepareRequest(services, messages);
  return { request, shownRequest: toShownRequest(request, level, modelQuestion.tried.length) };
}

export const toShownRequest = (
  { url, body, model: { name, isLocal } }: PreparedRequest,
  level: DisclosureLevel,
  repair = 0,
): ShownRequest => ({ model: name, url, isLocal, level, body, repair });

/** The parts of a request that must match the shown request. */
type RequestIdentity = Pick<ShownRequest, 'url' | 'level' | 'body'>;

export const isSameRequest = (a: RequestIdentity, b: RequestIdentity): boolean =>
  a.url === b.url && a.level === b.level && a.body === b.body;

/** Collects what the level allows: at `schema` nothing of the workspace, because approved and earlier statements contain values. */
async function disclose(
  services: Services,
  { question, conversation }: ModelQuestion,
  level: DisclosureLevel,
  signal: AbortSignal | undefined,
): Promise<Disclosure> {
  if (!allowsDisclosure(level, 'names')) return emptyDisclosure;
  const { names, read, source } = services;
  const namesInQuestion = await runYielding(findNames(names, wordsOf(question)), {
    clock: source.clock,
    signal,
  });
  const storedConversation =
    conversation === null ? null : readConversation(services.home.read, conversation);
  return {
    project: storedConversation?.project
      ? { id: storedConversation.project.id, name: storedConversation.project.title }
      : null,
    names: collectNames(names, namesInQuestion),
    approvedQuestions: similarQuestions(read, question, lexiconOf(services), maxApprovedQuestions).map(
      toPair,
    ),
    earlierQuestions: storedConversation?.turns.slice(-maxEarlierTurns).map(toPair) ?? [],
    rows: allowsDisclosure(level, 'rows') ? readSample(await questionDatabase(services, signal)) : {},
  };
}

const toPair = <T extends string | null>({ question, sql }: { question: string; sql: T }) => ({
  question,
  sql,
});

/** Proposes to ask a model. Sends nothing. */
export const proposeModel = (question: string, { shownRequest }: PreparedQuestion): ProposedAnswer => ({
  question,
  by: 'model',
  way: { kind: 'model', request: shownRequest },
  sentence:
    shownRequest.repair === 0
      ? `Ask ${shownRequest.model} for a statement.`
      : `Ask ${shownRequest.model} to correct the statement.`,
  parts: [],
  unknown: [],
});

/** Sends a prepared request, and proposes the statement of the answer. Throws MODEL. */
export async function askModel(
  services: Services,
  question: string,
  { request, shownRequest }: PreparedQuestion,
  signal: AbortSignal,
): Promise<ProposedAnswer> {
  const reply = readReply((await sendRequest(services, request, signal)).text);
  const commonFields = { question, by: 'model' as const, parts: [], unknown: [] };
  if (reply.sql !== null) {
    services.singletons.get(createModelStatements).statements.add(reply.sql);
    return {
      ...commonFields,
      way: { kind: 'sql', sql: reply.sql },
      sentence: reply.sentence || `${shownRequest.model} wrote a statement.`,
    };
  }
  const text = question.slice(0, maxSearchLength).trim();
  return {
    ...commonFields,
    by: 'search',
    way: { kind: 'search', input: { text } },
    sentence: `${shownRequest.model} wrote no statement: ${reply.sentence || 'the answer was empty'}`,
  };
}
