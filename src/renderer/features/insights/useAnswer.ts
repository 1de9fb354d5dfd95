import { useQuery } from '@tanstack/react-query';
import type { InsightsView } from '#shared/address/view.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { areaKey } from '#shared/domain/fold.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { inPlay } from '../../stores/target.ts';
import { useStream } from '../../stores/useStream.ts';
import type { Pending } from '../../stores/useStream.ts';

type AnswerInput = Pick<InsightsView, 'question'> & {
  who?: InsightsView['who'];
  university?: string;
  set?: 3;
  quick?: boolean;
  limit?: number;
  of?: 'live';
};

/** The ranked subjects; people only if rankings may name them. */
export function whoOf({ who }: Pick<InsightsView, 'who'>, naming: boolean): Pick<AnswerInput, 'who'> {
  const isAllowed = who === 'teams' || (naming && who === 'people');
  return isAllowed ? { who } : {};
}

/** Whether rankings may name people; false until known. */
export function useNaming(): boolean {
  const { data } = useQuery(queryFor('analysis.ranking', {}, queryKeys.ranking));
  return data?.people ?? false;
}

const streamOf = (request: AnswerInput, options: { signal: AbortSignal }) =>
  api.analysis.insights({ ...request, university: request.university || null }, options);

/** Throws CANCELLED. */
export const askQuestion = (
  input: AnswerInput,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Answer> => follow(streamOf(input, { signal }), onProgress, signal);

export interface AnswerState {
  answer: Answer | undefined;
  error: unknown;
  /** The progress of confidence and interventions; null when done. */
  pending: Pending | null;
  retry: () => void;
}

export const answerQuery = (request: AnswerInput) => {
  const quick = { ...request, quick: true };
  const queryKey = queryKeys.insights(quick);
  const look = (signal: AbortSignal): Promise<Answer> => askQuestion(quick, () => {}, signal);
  return {
    queryKey,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Answer> => {
      const answer = await look(signal);
      // The first answer is not restarted by later writes.
      return queryClient.getQueryState(queryKey)?.isInvalidated ? look(signal) : answer;
    },
  };
};

/** The subject of an item. Interchangeable members that joined later do not change it. */
export const subjectOf = ({ id, ids, because: { params } }: Insight): string =>
  [id ?? ids?.toSorted()[0] ?? '', String(params['area'] ?? '')].join(' ').trim();

/** Whether an item is the one in the address: by its subject, the id of a record, or an area of expertise. */
export const isNamedBy =
  ({ item, area }: Pick<InsightsView, 'item' | 'area'>) =>
  (one: Insight): boolean =>
    item !== ''
      ? subjectOf(one) === item || [one.id, ...(one.ids ?? [])].includes(item)
      : area !== '' && (one.areas ?? []).some((each) => areaKey(each) === areaKey(area));

/** The number of listed items; more if needed to include the selected one. */
const usual = 10;

/**
 * The answer to a question: the ranking first, confidence and interventions when computed. The item in the address is listed if it is among
 * the first hundred.
 */
export function useAnswer(view: InsightsView, set: boolean): AnswerState {
  const { question, university, item, area } = view;
  const who = whoOf(view, useNaming());
  // Changes have no stress tests, so they are complete at once.
  const isLong = question !== 'changes';
  const isNamed = item !== '' || area !== '';
  const quick = answerQuery({ question, ...who, university, ...(isNamed && { limit: mostLive }) });
  const others = JSON.stringify({ question, who, university });
  const first = useQuery({
    ...quick,
    meta: { others },
    // A longer list of the same answer replaces the shorter one.
    placeholderData: (before, query) => (query?.meta?.['others'] === others ? before : undefined),
  });
  const place = first.data?.items.findIndex(isNamedBy(view)) ?? -1;
  const count = Math.max(usual, place + 1);
  const limit = count > usual ? { limit: count } : {};
  const request: AnswerInput = { question, ...who, university, ...limit, ...(set && { set: 3 }) };
  // About the same records as the ranking; later writes give another answer.
  const { query: whole, pending } = useStream<Answer>({
    queryKey: queryKeys.insights({ ...request, head: first.data?.head.hash }),
    stream: (options) => streamOf(request, options),
    enabled: isLong && first.isSuccess,
  });
  return {
    answer:
      (isLong ? whole.data : undefined) ??
      (first.data && { ...first.data, items: first.data.items.slice(0, count) }),
    error: first.error ?? whole.error,
    pending: isLong ? pending : null,
    retry: () => void (first.error ? first.refetch() : whole.refetch()),
  };
}

/** The number of live's items that are compared with a sandbox. */
export const mostLive = 100;

export function useLiveAnswer(view: InsightsView) {
  const { question, university } = view;
  const who = whoOf(view, useNaming());
  return useQuery({
    ...answerQuery({ question, ...who, university, of: 'live', limit: mostLive }),
    enabled: inPlay() && question !== 'changes',
  });
}

/** The value of an item in live; null if it was not requested, 0 if it is not listed. */
export function liveValue({ items }: Pick<Answer, 'items'>, item: Insight): number | null {
  const subject = subjectOf(item);
  return items.find((one) => subjectOf(one) === subject)?.value ?? (items.length < mostLive ? 0 : null);
}
