import type { Proposal, ShownRequest, SqlAnswer } from '#shared/contract/ask.ts';
import type { SearchHit } from '#shared/contract/search.ts';
import { atStart } from '../../api/window-state.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { reportErrors } from '../../ui/notices.tsx';

const maxRepairs = 2;

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
  /** The requests that were sent to a model for this question. */
  sent: readonly Omit<ShownRequest, 'repair'>[];
  conversation: string | null;
  project: string | null;
}

const noAnswer = { isBusy: false, answer: null, hits: null, error: null };
const blankQuestion = { proposal: null, sql: null, tried: [], sent: [], ...noAnswer };

/** The current question, its proposal and answer. They stay while other views are open. */
export const useQuestionState = windowStore<QuestionState>(() => ({
  question: '',
  conversation: null,
  project: null,
  ...blankQuestion,
}));

const set = useQuestionState.setState;
const get = useQuestionState.getState;
let currentRequest: AbortController;
atStart(() => (currentRequest = new AbortController()));

export const typeQuestion = (question: string): void => set({ question });
export const editSql = (sql: string): void => set({ sql });
export const chooseProject = (project: string | null): void => set({ project });

async function runRequest(run: (signal: AbortSignal) => Promise<Partial<QuestionState>>): Promise<void> {
  currentRequest.abort();
  const { signal } = (currentRequest = new AbortController());
  set({ ...noAnswer, isBusy: true });
  try {
    const changes = await run(signal);
    if (!signal.aborted) set({ ...changes, isBusy: false });
  } catch (error) {
    if (!signal.aborted) set({ error, isBusy: false });
  }
}

/** The state that shows a proposal. A search runs at once, because it has no statement to review. */
async function stateFor(proposal: Proposal, signal: AbortSignal): Promise<Partial<QuestionState>> {
  const { way } = proposal;
  if (way.kind === 'sql') return { proposal, sql: way.sql };
  if (way.kind === 'model') return { proposal, sql: get().sql };
  if (way.kind === 'search')
    return { proposal, sql: null, ...(await searchHits(proposal, way.input, signal)) };
  await addToConversation(proposal, null, proposal.sentence);
  return { proposal, sql: null };
}

async function searchHits(
  proposal: Proposal,
  input: { text: string },
  signal: AbortSignal,
): Promise<Partial<QuestionState>> {
  const { hits } = await api.search.find({ ...input, limit: 20 }, { signal });
  await addToConversation(proposal, null, proposal.sentence);
  return { hits };
}

export async function proposeAnswer(question: string, prefer: 'rules' | 'model' = 'rules'): Promise<void> {
  if (question.trim() === '') return;
  set({ question, ...blankQuestion });
  const { conversation } = get();
  await runRequest(async (signal) =>
    stateFor(await api.ask.propose({ question, conversation, prefer }, { signal }), signal),
  );
}

/** Shows a question with its stored statement; asks the question again if the statement is empty. */
export async function showStatement(question: string, sql: string): Promise<void> {
  if (sql === '') return proposeAnswer(question);
  set({ question, ...blankQuestion });
  const { conversation } = get();
  await runRequest(async (signal) => {
    const proposal = await api.ask.propose({ question, conversation }, { signal });
    const { way } = proposal;
    if (way.kind === 'sql' && way.sql === sql) return { proposal, sql };
    const storedProposal = {
      by: 'person' as const,
      way: { kind: 'sql' as const, sql },
      sentence: '',
      unknown: [],
    };
    return { proposal: { ...proposal, ...storedProposal }, sql };
  });
}

export async function sendToModel({ repair: _repair, ...request }: ShownRequest): Promise<void> {
  const { proposal, conversation, tried, sent } = get();
  if (!proposal) return;
  const { question } = proposal;
  const { url, level, body } = request;
  await runRequest(async (signal) => {
    set({ sent: [...sent, request] });
    try {
      const input = { question, conversation, tried: [...tried], url, level, body };
      const newProposal = await awaitResult(api.ask.send(input, { signal }), () => {}, signal);
      if (newProposal.way.kind !== 'model') return await stateFor(newProposal, signal);
      // The request changed, so it was not sent; the new one is shown.
      set({ sent });
      return { proposal: newProposal };
    } catch (error) {
      const reason = faultData(error, 'MODEL')?.reason;
      const wasSent = reason !== 'off' && reason !== 'open';
      if (!wasSent) set({ sent });
      else await addToConversation(proposal, null, '');
      throw error;
    }
  });
}

/** Searches for the words of the question instead of sending anything. */
export async function searchInstead(): Promise<void> {
  const { proposal } = get();
  if (!proposal) return;
  const searchProposal = { ...proposal, by: 'search' as const, sentence: '' };
  await runRequest((signal) => searchHits(searchProposal, { text: proposal.question.slice(0, 200) }, signal));
}

/** Whether a model can correct the failed statement. */
export const canRepair = ({ proposal, tried, error }: QuestionState): boolean =>
  proposal?.model != null &&
  proposal.by === 'model' &&
  tried.length < maxRepairs &&
  faultData(error, 'SQL') !== null;

export async function repairAnswer(): Promise<void> {
  const { proposal, sql, tried, error, conversation } = get();
  if (!proposal || sql === null) return;
  const message = error instanceof Error ? error.message : String(error);
  const failedStatements = [...tried, { sql, error: message.slice(0, 2000) }];
  await runRequest(async (signal) => {
    const input = {
      question: proposal.question,
      conversation,
      tried: failedStatements,
      prefer: 'model' as const,
    };
    const newState = await stateFor(await api.ask.propose(input, { signal }), signal);
    return { ...newState, tried: failedStatements };
  });
}

export async function runSql(): Promise<void> {
  const { sql, proposal } = get();
  if (sql === null) return;
  await runRequest(async (signal) => {
    const answer = await awaitResult(api.ask.run({ sql }, { signal }), () => {}, signal);
    if (proposal) await addToConversation(proposal, sql, answer.sentence);
    return { answer };
  });
}

export function stopAsking(): void {
  currentRequest.abort();
  set({ isBusy: false });
}

/** Adds the answer to the conversation; a failure does not affect the answer. */
async function addToConversation(proposal: Proposal, sql: string | null, sentence: string): Promise<void> {
  const { conversation, project, sent } = get();
  const { question, way } = proposal;
  const isEdited = sql !== null && !(way.kind === 'sql' && way.sql === sql);
  const by = isEdited ? ('person' as const) : proposal.by;
  const turn = { question, by, sql, sentence: sentence.slice(0, 2000), sent: [...sent] };
  await reportErrors(async () => {
    const { id } = await api.ask.addTurn({ conversation, project, turn });
    set({ conversation: id });
    await queryClient.invalidateQueries({ queryKey: queryKeys.conversations });
  });
}

export const openConversation = (id: string): void =>
  set({ question: '', ...blankQuestion, conversation: id });

export const newConversation = (): void => set({ question: '', ...blankQuestion, conversation: null });
