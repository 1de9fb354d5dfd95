import { create } from 'zustand';
import type { Proposal, SqlAnswer } from '#shared/contract/ask.ts';
import type { SearchHit } from '#shared/contract/search.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';

interface QuestionState {
  question: string;
  proposal: Proposal | null;
  /** The statement as it will run; it can be edited. */
  sql: string;
  isBusy: boolean;
  answer: SqlAnswer | null;
  hits: readonly SearchHit[] | null;
  error: unknown;
}

const nothing = { proposal: null, sql: '', isBusy: false, answer: null, hits: null, error: null };

/** The question of this window, its proposal and its answer. They stay while other views are shown. */
export const useQuestionState = create<QuestionState>()(() => ({ question: '', ...nothing }));

const set = useQuestionState.setState;
let running = new AbortController();

export const typeQuestion = (question: string): void => set({ question });
export const editSql = (sql: string): void => set({ sql });

async function work(run: (signal: AbortSignal) => Promise<Partial<QuestionState>>): Promise<void> {
  running.abort();
  const { signal } = (running = new AbortController());
  try {
    const done = await run(signal);
    if (!signal.aborted) set({ ...done, isBusy: false });
  } catch (error) {
    if (!signal.aborted) set({ error, isBusy: false });
  }
}

/** Finds out how the question would be answered. A search is made at once, because it needs no statement to be shown first. */
export async function propose(question: string): Promise<void> {
  if (question.trim() === '') return;
  set({ question, ...nothing, isBusy: true });
  await work(async (signal) => {
    const proposal = await api.ask.propose({ question }, { signal });
    const { way } = proposal;
    if (way.kind !== 'search') return { proposal, sql: way.kind === 'sql' ? way.sql : '' };
    const { hits } = await api.search.find({ ...way.input, limit: 20 }, { signal });
    return { proposal, hits };
  });
}

export async function runSql(): Promise<void> {
  set({ isBusy: true, answer: null, error: null });
  await work(async (signal) => ({
    answer: await follow(api.ask.run({ sql: useQuestionState.getState().sql }, { signal }), () => {}, signal),
  }));
}

/** Stops what runs. */
export function stop(): void {
  running.abort();
  set({ isBusy: false });
}
