import { invalidFault } from '../model/validate.ts';
import { issueWithCode } from '#shared/texts/issues.ts';
import type { Conversation, ConversationTurn } from '#shared/contract/ask.ts';
import { Fault } from '#shared/contract/faults.ts';
import { foldText } from '#shared/domain/fold.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { isoTime } from '../kernel/system.ts';
import { readNames } from '../model/names.ts';
import { actingProfile } from '../log/session.ts';
import type { CallContext } from '../model/services.ts';

/** A conversation with more questions is hard to read. */
const maxTurns = 200;

interface ConversationRow {
  id: string;
  project_id: string | null;
  turns: string;
  created_by: string;
  owner_name: string | null;
  updated_at: string;
}

type NewTurn = Omit<ConversationTurn, 'asked_at'>;
export type ConversationWithTurns = Conversation & { turns: ConversationTurn[] };

const rowQuery = `SELECT c.id, c.project_id, c.turns, c.created_by, c.updated_at,
  (SELECT name FROM profiles WHERE id = c.created_by) AS owner_name FROM conversations c`;

function toConversation(
  db: ReadHandle,
  { id, project_id, turns, created_by, owner_name, updated_at }: ConversationRow,
): ConversationWithTurns {
  const parsedTurns = JSON.parse(turns) as ConversationTurn[];
  const project = project_id === null ? undefined : readNames(db, new Set([project_id])).get(project_id);
  return {
    id,
    title: parsedTurns[0]?.question ?? '',
    project: project && !project.deleted ? { id: project.id, title: project.title } : null,
    owner: { id: created_by, name: owner_name ?? created_by },
    count: parsedTurns.length,
    updated_at,
    turns: parsedTurns,
  };
}

function toSummary({ turns: _turns, ...conversation }: ConversationWithTurns): Conversation {
  return conversation;
}

/** Conversations, newest first; with `text` only conversations with a question, a statement or a sentence that contains it. */
export function listConversations(
  db: ReadHandle,
  { text, project }: { text: string; project: string | null },
): Conversation[] {
  const foldedText = foldText(text.trim());
  const containsText = (turn: ConversationTurn): boolean =>
    foldText(`${turn.question}\n${turn.sql ?? ''}\n${turn.sentence}`).includes(foldedText);
  return db
    .all<ConversationRow>(`${rowQuery} ORDER BY c.updated_at DESC, c.id`)
    .filter((row) => project === null || row.project_id === project)
    .map((row) => toConversation(db, row))
    .filter(({ turns }) => foldedText === '' || turns.some(containsText))
    .map(toSummary);
}

function findRow(db: ReadHandle, id: string): ConversationRow {
  const row = db.get<ConversationRow>(`${rowQuery} WHERE c.id = ?`, [id]);
  if (!row) throw new Fault('NOT_FOUND', { type: 'conversation', id });
  return row;
}

/** Throws NOT_FOUND. */
export const readConversation = (db: ReadHandle, id: string): ConversationWithTurns =>
  toConversation(db, findRow(db, id));

/** Adds a turn, or begins a conversation. A correction replaces the last turn. Throws NOT_FOUND, and INVALID if there are too many. */
export async function addTurn(
  { services, session }: CallContext,
  { conversation, project, turn }: { conversation: string | null; project: string | null; turn: NewTurn },
): Promise<Conversation> {
  const { queue, read, source } = services.home;
  const now = isoTime(source.clock.now());
  const newTurn: ConversationTurn = { ...turn, asked_at: now };
  const id = await queue.unaudited((db) => {
    if (conversation !== null) return appendTurn(db, conversation, newTurn);
    const newId = `conversation_${source.ids.uuid()}`;
    const authorId = actingProfile(read, session).id;
    db.run(
      `INSERT INTO conversations (id, project_id, turns, created_by, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
      [newId, project, JSON.stringify([newTurn]), authorId, now, now],
    );
    return newId;
  });
  return toSummary(readConversation(read, id));
}

function appendTurn(db: WriteHandle, id: string, turn: ConversationTurn): string {
  const turns = JSON.parse(findRow(db, id).turns) as ConversationTurn[];
  const lastTurn = turns.at(-1);
  const earlierTurns = lastTurn && isCorrection(lastTurn, turn) ? turns.slice(0, -1) : turns;
  if (earlierTurns.length >= maxTurns) {
    throw invalidFault([issueWithCode('conversation', 'too_big', 'too_many_turns', { max: maxTurns })]);
  }
  db.run('UPDATE conversations SET turns = ?, updated_at = ? WHERE id = ?', [
    JSON.stringify([...earlierTurns, turn]),
    turn.asked_at,
    id,
  ]);
  return id;
}

/** Whether a turn answers the last question again and still lists every request sent for it. */
function isCorrection(lastTurn: ConversationTurn, turn: ConversationTurn): boolean {
  const bodies = new Set(turn.sent.map(({ body }) => body));
  return lastTurn.question === turn.question && lastTurn.sent.every(({ body }) => bodies.has(body));
}

/** Throws NOT_FOUND. */
export async function deleteConversation({ services }: CallContext, id: string): Promise<void> {
  await services.home.queue.unaudited((db) => {
    findRow(db, id);
    db.run('DELETE FROM conversations WHERE id = ?', [id]);
  });
}

export function toMarkdown({ title, project, owner, turns }: ConversationWithTurns): string {
  const headLines = [
    `# ${oneLine(title)}`,
    '',
    `${owner.name}${project ? `, about ${project.title}` : ''}`,
    '',
  ];
  const turnLines = turns.flatMap(({ question, asked_at, by, sql, sentence, sent }) => [
    `## ${oneLine(question)}`,
    '',
    `${asked_at}, answered by: ${by}`,
    '',
    ...(sentence === '' ? [] : [sentence, '']),
    ...(sql === null ? [] : codeBlock('sql', sql)),
    ...sent.flatMap(({ model, url, level, body: text }) => [
      `Sent to ${model} (${url}), level: ${level}:`,
      '',
      ...codeBlock('json', text),
    ]),
  ]);
  return `${[...headLines, ...turnLines].join('\n').trimEnd()}\n`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A code block whose fence is longer than any in the text. */
function codeBlock(language: string, text: string): string[] {
  const maxRunLength = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(maxRunLength + 1);
  return [`${fence}${language}`, text.trim(), fence, ''];
}
