import { useQuery } from '@tanstack/react-query';
import type { InsightsView } from '#shared/address/view.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { areaKey } from '#shared/domain/fold.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { inSandbox } from '../../stores/target.ts';
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

/** The filter of ranked subjects: people only if rankings are allowed to name them. */
export function whoOf({ who }: Pick<InsightsView, 'who'>, namesPeople: boolean): Pick<AnswerInput, 'who'> {
  const isAllowed = who === 'teams' || (namesPeople && who === 'people');
  return isAllowed ? { who } : {};
}

/** Whether rankings are allowed to name people; false until known. */
export function useNamesPeople(): boolean {
  const { data } = useQuery(queryFor('analysis.ranking', {}, queryKeys.ranking));
  return data?.people ?? false;
}

const streamAnswer = (request: AnswerInput, options: { signal: AbortSignal }) =>
  api.analysis.insights({ ...request, university: request.university || null }, options);

/** Throws CANCELLED when `signal` aborts. */
export const askQuestion = (
  input: AnswerInput,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Answer> => awaitResult(streamAnswer(input, { signal }), onProgress, signal);

export interface AnswerState {
  answer: Answer | undefined;
  error: unknown;
  /** The progress of confidence and interventions; null while they are not being computed. */
  pending: Pending | null;
  retry: () => void;
}

export const answerQuery = (request: AnswerInput) => {
  const quickInput = { ...request, quick: true };
  const queryKey = queryKeys.insights(quickInput);
  const fetchAnswer = (signal: AbortSignal): Promise<Answer> => askQuestion(quickInput, () => {}, signal);
  return {
    queryKey,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Answer> => {
      const answer = await fetchAnswer(signal);
      // A write during the first request does not restart the query, so the answer is requested once more.
      return queryClient.getQueryState(queryKey)?.isInvalidated ? fetchAnswer(signal) : answer;
    },
  };
};

/**
 * The records that the repairs of an item change. A repair of a team helps any of its members; of other interchangeable records it helps the
 * first only.
 */
export function repairedIds({ id, ids = [], alike, because: { code } }: Insight): readonly string[] {
  if (id !== undefined) return [id];
  return alike > 1 && code !== 'member' ? ids.slice(0, 1) : ids.toSorted();
}

/** Identifies an item across rankings by a record and its area; other records can join later that are interchangeable with it. */
export const subjectOf = (insight: Insight): string => subjectWith(repairedIds(insight)[0] ?? '', insight);

/** Whether an item is about a subject, in a ranking in which it can have other interchangeable records. */
export const isAbout = (insight: Insight, subject: string): boolean =>
  [insight.id ?? '', ...(insight.ids ?? [])].some((id) => subjectWith(id, insight) === subject);

const subjectWith = (id: string, { because: { code, params } }: Insight): string =>
  [
    id,
    String(params['area'] ?? ''),
    // A team can have members who leave, and others whose terms are unknown.
    code.startsWith('leaving_unknown') ? 'unknown' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');

/** Whether an item is a set of records, such as the worst three. */
export const isRecordSet = ({ because: { code } }: Insight): boolean => code.startsWith('set');

/** Whether an item is the one in the address: by its subject, the id of a record, or an area of expertise. */
export const matchesView =
  ({ item, area }: Pick<InsightsView, 'item' | 'area'>) =>
  (insight: Insight): boolean =>
    item !== ''
      ? isAbout(insight, item) || [insight.id, ...(insight.ids ?? [])].includes(item)
      : area !== '' && (insight.areas ?? []).some((name) => areaKey(name) === areaKey(area));

/** The number of listed items; more on request, or to include the item in the address. */
export const defaultCount = 10;

/**
 * The answer to a question: the ranking first, confidence and interventions when computed. The item in the address is listed if it is among
 * the first hundred.
 */
export function useAnswer(
  view: InsightsView,
  {
    isWorstRequested = false,
    count: requestedCount = defaultCount,
  }: { isWorstRequested?: boolean; count?: number } = {},
): AnswerState {
  const { question, university, item, area } = view;
  const who = whoOf(view, useNamesPeople());
  // Answers to `changes` and `code` have no stress tests, so the ranking is complete.
  const hasStressTests = question !== 'changes' && question !== 'code';
  const isLong = item !== '' || area !== '' || requestedCount > defaultCount;
  const quickQuery = answerQuery({ question, ...who, university, ...(isLong && { limit: maxRankedItems }) });
  const parameters = JSON.stringify({ question, who, university });
  const rankingQuery = useQuery({
    ...quickQuery,
    meta: { parameters },
    // While a longer list of the same answer loads, the shorter one stays.
    placeholderData: (previous, query) => (query?.meta?.['parameters'] === parameters ? previous : undefined),
  });
  const itemIndex = rankingQuery.data?.items.findIndex(matchesView(view)) ?? -1;
  const count = Math.max(requestedCount, itemIndex + 1);
  const limit = count > defaultCount ? { limit: count } : {};
  const request: AnswerInput = {
    question,
    ...who,
    university,
    ...limit,
    ...(isWorstRequested && { set: 3 }),
  };
  // The key has the head of the ranking, so that ranking and stress tests are about the same records.
  const { query: fullQuery, pending } = useStream<Answer>({
    queryKey: queryKeys.insights({ ...request, head: rankingQuery.data?.head.hash }),
    stream: (options) => streamAnswer(request, options),
    enabled: hasStressTests && rankingQuery.isSuccess,
  });
  return {
    answer:
      (hasStressTests ? fullQuery.data : undefined) ??
      (rankingQuery.data && { ...rankingQuery.data, items: listedItems(rankingQuery.data, count) }),
    error: rankingQuery.error ?? fullQuery.error,
    pending: hasStressTests ? pending : null,
    retry: () => void (rankingQuery.error ? rankingQuery.refetch() : fullQuery.refetch()),
  };
}

/** The first items, and those that are always listed. */
const listedItems = ({ items }: Answer, count: number): Insight[] =>
  items.filter(({ beyond }, index) => index < count || beyond === true);

/** The maximum number of requested items, to find the item in the address or to compare with live. */
export const maxRankedItems = 100;

export function useLiveAnswer(view: InsightsView) {
  const { question, university } = view;
  const who = whoOf(view, useNamesPeople());
  return useQuery({
    ...answerQuery({ question, ...who, university, of: 'live', limit: maxRankedItems }),
    enabled: inSandbox() && question !== 'changes',
  });
}

/** The value of an item in live: 0 if live does not list it, null if the list was cut off, so that the value is unknown. */
export function liveValue({ items }: Pick<Answer, 'items'>, item: Insight): number | null {
  const subject = subjectOf(item);
  return (
    items.find((candidate) => isAbout(candidate, subject))?.value ??
    (items.length < maxRankedItems ? 0 : null)
  );
}
