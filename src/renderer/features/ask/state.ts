import type { Proposal, ShownRequest, SqlAnswer } from '#shared/contract/ask.ts';
import type { SearchHit } from '#shared/contract/search.ts';
import { atStart } from '../../api/window-state.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { reportError } from '../../ui/notices.tsx';

const mostRepairs = 2;

interface QuestionState {
  question: string;
  proposal: Proposal | null;
  /** The statement to run, which can be edited; null if none is shown. */
  sql: string | null;
  isBusy: boolean;
  answer: SqlAnswer | null;
  hits: readonly SearchHit[] | null;
  error: unknown;
  /** Statements that a model was asked to correct, with their errors. */
  tried: readonly { sql: string; error: string }[];
  sent: readonly Omit<ShownRequest, 'repair'>[];
  conversation: string | null;
  project: string | null;
}

const noAnswer = { isBusy: false, answer: null, hits: null, error: null };
const nothing = { proposal: null, sql: null, tried: [], sent: [], ...noAnswer };

/** The current question, its proposal and answer. They stay while other views are open. */
export const useQuestionState = windowStore<QuestionState>(() => ({
  question: '',
  conversation: null,
  project: null,
  ...nothing,
}));

const set = useQuestionState.setState;
const get = useQuestionState.getState;
let running: AbortController;
atStart(() => (running = new AbortController()));

export const typeQuestion = (question: string): void => set({ question });
export const editSql = (sql: string): void => set({ sql });
export const chooseProject = (project: string | null): void => set({ project });

async function work(run: (signal: AbortSignal) => Promise<Partial<QuestionState>>): Promise<void> {
  running.abort();
  const { signal } = (running = new AbortController());
  set({ ...noAnswer, isBusy: true });
  try {
    const done = await run(signal);
    if (!signal.aborted) set({ ...done, isBusy: false });
  } catch (error) {
    if (!signal.aborted) set({ error, isBusy: false });
  }
}

/** Shows a proposal. A search runs at once, because it has no statement to review. */
async function follows(proposal: Proposal, signal: AbortSignal): Promise<Partial<QuestionState>> {
  const { way } = proposal;
  if (way.kind === 'sql') return { proposal, sql: way.sql };
  if (way.kind === 'model') return { proposal, sql: get().sql };
  if (way.kind === 'search') return { proposal, sql: null, ...(await searched(proposal, way.input, signal)) };
  await keep(proposal, null, proposal.sentence);
  return { proposal, sql: null };
}

async function searched(
  proposal: Proposal,
  input: { text: string },
  signal: AbortSignal,
): Promise<Partial<QuestionState>> {
  const { hits } = await api.search.find({ ...input, limit: 20 }, { signal });
  await keep(proposal, null, proposal.sentence);
  return { hits };
}

export async function proposeAnswer(question: string, prefer: 'rules' | 'model' = 'rules'): Promise<void> {
  if (question.trim() === '') return;
  set({ question, ...nothing });
  const { conversation } = get();
  await work(async (signal) =>
    follows(await api.ask.propose({ question, conversation, prefer }, { signal }), signal),
  );
}

/** Shows a stored statement for a question; without one asks again. */
export async function showKept(question: string, sql: string): Promise<void> {
  if (sql === '') return proposeAnswer(question);
  set({ question, ...nothing });
  const { conversation } = get();
  await work(async (signal) => {
    const proposal = await api.ask.propose({ question, conversation }, { signal });
    const { way } = proposal;
    if (way.kind === 'sql' && way.sql === sql) return { proposal, sql };
    const kept = { by: 'person' as const, way: { kind: 'sql' as const, sql }, sentence: '', unknown: [] };
    return { proposal: { ...proposal, ...kept }, sql };
  });
}

export async function sendToModel({ repair: _repair, ...request }: ShownRequest): Promise<void> {
  const { proposal, conversation, tried, sent } = get();
  if (!proposal) return;
  const { question } = proposal;
  const { url, level, body } = request;
  await work(async (signal) => {
    set({ sent: [...sent, request] });
    try {
      const asking = { question, conversation, tried: [...tried], url, level, body };
      const next = await follow(api.ask.send(asking, { signal }), () => {}, signal);
      if (next.way.kind !== 'model') return await follows(next, signal);
      // The request changed, so it was not sent; the new one is shown.
      set({ sent });
      return { proposal: next };
    } catch (error) {
      const reason = faultData(error, 'MODEL')?.reason;
      if (reason === 'off' || reason === 'open') set({ sent });
      else await keep(proposal, null, '');
      throw error;
    }
  });
}

/** Searches for the words of the question instead of sending anything. */
export async function searchInstead(): Promise<void> {
  const { proposal } = get();
  if (!proposal) return;
  const own = { ...proposal, by: 'search' as const, sentence: '' };
  await work((signal) => searched(own, { text: proposal.question.slice(0, 200) }, signal));
}

/** Whether a model can correct the failed statement. */
export const mayRepair = ({ proposal, tried, error }: QuestionState): boolean =>
  proposal?.model != null &&
  proposal.by === 'model' &&
  tried.length < mostRepairs &&
  faultData(error, 'SQL') !== undefined;

export async function repairAnswer(): Promise<void> {
  const { proposal, sql, tried, error, conversation } = get();
  if (!proposal || sql === null) return;
  const message = error instanceof Error ? error.message : String(error);
  const all = [...tried, { sql, error: message.slice(0, 2000) }];
  await work(async (signal) => {
    const asking = { question: proposal.question, conversation, tried: all, prefer: 'model' as const };
    const next = await follows(await api.ask.propose(asking, { signal }), signal);
    return { ...next, tried: all };
  });
}

export async function runSql(): Promise<void> {
  const { sql, proposal } = get();
  if (sql === null) return;
  await work(async (signal) => {
    const answer = await follow(api.ask.run({ sql }, { signal }), () => {}, signal);
    if (proposal) await keep(proposal, sql, answer.sentence);
    return { answer };
  });
}

export function stopAsking(): void {
  running.abort();
  set({ isBusy: false });
}

/** Adds the answer to the conversation; a failure does not affect the answer. */
async function keep(proposal: Proposal, sql: string | null, sentence: string): Promise<void> {
  const { conversation, project, sent } = get();
  const { question, way } = proposal;
  const isEdited = sql !== null && !(way.kind === 'sql' && way.sql === sql);
  const by = isEdited ? ('person' as const) : proposal.by;
  const turn = { question, by, sql, sentence: sentence.slice(0, 2000), sent: [...sent] };
  try {
    const { id } = await api.ask.addTurn({ conversation, project, turn });
    set({ conversation: id });
    await queryClient.invalidateQueries({ queryKey: queryKeys.conversations });
  } catch (error) {
    reportError(error);
  }
}

export const openConversation = (id: string): void => set({ question: '', ...nothing, conversation: id });

export const newConversation = (): void => set({ question: '', ...nothing, conversation: null });
