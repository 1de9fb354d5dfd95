import type { DisclosureLevel, ShownRequest } from '#shared/contract/ask.ts';
import { chosenModel, prepareRequest, sendRequest } from '../../language-models/client.ts';
import type { PreparedRequest } from '../../language-models/client.ts';
import { inTurns } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { similarApproved } from '../approved.ts';
import { readConversation } from '../conversations.ts';
import { findNames } from '../propose/names.ts';
import { lexiconOf } from '../propose/propose.ts';
import type { Proposed } from '../propose/propose.ts';
import { wordsOf } from '../propose/segments.ts';
import { questionDatabase } from '../question-database.ts';
import { allowsDisclosure, namesFor, nothingDisclosed, sampleOf } from './disclose.ts';
import type { Disclosed } from './disclose.ts';
import { messagesFor } from './messages.ts';

/** A model's reply: a statement with a sentence about it, or a sentence that says why there is none. */
type Reply = { sql: string; sentence: string } | { sql: null; sentence: string };

const longestSentence = 300;
const longestStatement = 100_000;

const oneLine = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+|\s+/gu, ' ')
    .trim()
    .slice(0, longestSentence);

/** Removes the reasoning that some models write before their answer. */
function withoutThoughts(text: string): string {
  const end = text.lastIndexOf('</think>');
  return end < 0 ? text : text.slice(end + '</think>'.length);
}

/** Reads the first SQL block of a reply, or a reply that is a statement. The statement is not checked here; running it does that. */
function readReply(text: string): Reply {
  const answer = withoutThoughts(text).trim();
  const block = /```(?:sql|sqlite)?[^\S\n]*\n([^]*?)(?:```|$)/i.exec(answer);
  const rest = block ? answer.replace(block[0], ' ') : '';
  const sql = (block?.[1] ?? (/^(?:SELECT|WITH)\s/i.test(answer) ? answer : '')).trim();
  if (sql === '' || sql.length > longestStatement)
    return { sql: null, sentence: oneLine(answer.replace(/^IMPOSSIBLE\b[\s.:,–-]*/i, '')) };
  return { sql, sentence: oneLine(rest) };
}

type ChosenModel = NonNullable<Awaited<ReturnType<typeof chosenModel>>>;

/** A question, the conversation that it belongs to, and its statements that failed. */
export interface Asking {
  question: string;
  conversation: string | null;
  tried: readonly { sql: string; error: string }[];
}

/** Statements written by models since the workspace was opened. */
const makeReplies = (): { statements: Set<string> } => ({ statements: new Set() });

const mostApproved = 5;
const mostEarlier = 5;

interface Prepared {
  request: PreparedRequest;
  shown: ShownRequest;
}

/** The chosen model; null if nothing may be sent to it. */
export async function askableModel(services: Services): Promise<ChosenModel | null> {
  const model = await chosenModel(services);
  return model?.level === 'off' ? null : model;
}

/** The request that would be sent for a question. */
export async function prepareQuestion(
  services: Services,
  asking: Asking,
  { level }: ChosenModel,
  signal?: AbortSignal,
): Promise<Prepared> {
  const disclosed = await disclose(services, asking, level, signal);
  const { statements } = services.singletons.get(makeReplies);
  // A statement edited by a person may contain values.
  const tried = asking.tried.filter(({ sql }) => allowsDisclosure(level, 'names') || statements.has(sql));
  const messages = messagesFor(asking.question, tried, disclosed);
  const request = await prepareRequest(services, { messages });
  const { url, body } = request;
  const { name, isLocal } = request.model;
  return { request, shown: { model: name, url, isLocal, level, body, repair: asking.tried.length } };
}

/** Collects what the level allows: at `schema` nothing of the workspace, because approved and earlier statements contain values. */
async function disclose(
  services: Services,
  { question, conversation }: Asking,
  level: DisclosureLevel,
  signal: AbortSignal | undefined,
): Promise<Disclosed> {
  if (!allowsDisclosure(level, 'names')) return nothingDisclosed;
  const { names, read, source } = services;
  const found = await inTurns(findNames(names, wordsOf(question)), { clock: source.clock, signal });
  const kept = conversation === null ? null : readConversation(services.home.read, conversation);
  return {
    about: kept?.project ? { id: kept.project.id, name: kept.project.title } : null,
    names: namesFor(names, found),
    approved: similarApproved(read, question, lexiconOf(services), mostApproved).map(pairOf),
    earlier: kept?.turns.slice(-mostEarlier).map(pairOf) ?? [],
    rows: allowsDisclosure(level, 'rows') ? sampleOf(await questionDatabase(services, signal)) : {},
  };
}

const pairOf = <T extends string | null>({ question, sql }: { question: string; sql: T }) => ({
  question,
  sql,
});

/** Proposes to ask a model. Sends nothing. */
export const toModel = (question: string, { shown }: Prepared): Proposed => ({
  question,
  by: 'model',
  way: { kind: 'model', request: shown },
  sentence:
    shown.repair === 0
      ? `Ask ${shown.model} for a statement.`
      : `Ask ${shown.model} to correct the statement.`,
  parts: [],
  unknown: [],
});

/** Sends a prepared request, and proposes the statement of the answer. Throws MODEL. */
export async function askModel(
  services: Services,
  question: string,
  { request, shown }: Prepared,
  signal: AbortSignal,
): Promise<Proposed> {
  const reply = readReply((await sendRequest(services, request, signal)).text);
  const fromModel = { question, by: 'model' as const, parts: [], unknown: [] };
  if (reply.sql !== null) {
    services.singletons.get(makeReplies).statements.add(reply.sql);
    return {
      ...fromModel,
      way: { kind: 'sql', sql: reply.sql },
      sentence: reply.sentence || `${shown.model} wrote a statement.`,
    };
  }
  const text = question.slice(0, 200).trim();
  return {
    ...fromModel,
    by: 'search',
    way: { kind: 'search', input: { text } },
    sentence: `${shown.model} wrote no statement: ${reply.sentence || 'the answer was empty'}`,
  };
}
