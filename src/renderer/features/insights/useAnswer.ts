import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InsightsView } from '#shared/address/view.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { areaKey } from '#shared/domain/fold.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { keys, queries } from '../../stores/queries.ts';
import { inPlay } from '../../stores/target.ts';
import { useNaming } from './useNaming.ts';

type Asked = Pick<InsightsView, 'question'> & {
  /** By the setting of the workspace unless given. */
  who?: InsightsView['who'];
  /** Id, or nothing for all. */
  university?: string;
  set?: 3;
  quick?: boolean;
  limit?: number;
  of?: 'live';
};

/** Who is asked about: nobody is named where rankings name only teams. */
export function whoOf({ who }: Pick<InsightsView, 'who'>, naming: boolean): Pick<Asked, 'who'> {
  const isAllowed = who === 'teams' || (naming && who === 'people');
  return isAllowed ? { who } : {};
}

/** Asks core. Throws CANCELLED. */
export const ask = (
  asked: Asked,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Answer> =>
  follow(
    api.analysis.insights({ ...asked, university: asked.university || null }, { signal }),
    onProgress,
    signal,
  );

export interface AnswerState {
  answer: Answer | undefined;
  error: unknown;
  /** How far confidence and interventions are; null once they are there. */
  pending: { progress: Progress | null; cancel: () => void } | null;
  retry: () => void;
}

/** The ranking alone, which is there at once. */
export const answerQuery = (asked: Asked) => {
  const quick = { ...asked, quick: true };
  const queryKey = keys.insights(quick);
  const look = (signal: AbortSignal): Promise<Answer> => ask(quick, () => {}, signal);
  return {
    queryKey,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Answer> => {
      const answer = await look(signal);
      // A first answer on its way is not begun anew by what is written meanwhile.
      return queries.getQueryState(queryKey)?.isInvalidated ? look(signal) : answer;
    },
  };
};

/** What an item is about, whoever else it names: members who joined later cannot be told apart from those before. */
export const subjectOf = ({ id, ids, because: { params } }: Insight): string =>
  [id ?? ids?.toSorted()[0] ?? '', String(params['area'] ?? '')].join(' ').trim();

/** Whether an item is the one that the view names: by what it is about, the id of a record, or an area of expertise. */
export const isNamedBy =
  ({ item, area }: Pick<InsightsView, 'item' | 'area'>) =>
  (one: Insight): boolean =>
    item !== ''
      ? subjectOf(one) === item || [one.id, ...(one.ids ?? [])].includes(item)
      : area !== '' && (one.areas ?? []).some((each) => areaKey(each) === areaKey(area));

/** So many items are listed, or as many as lead to the one that is chosen. */
const usual = 10;

/**
 * The answer to a question: the ranking at once, how sure it is and what can be done when they have been tried. The item that the view names is listed
 * wherever it stands among the first hundred.
 */
export function useAnswer(view: InsightsView, set: boolean): AnswerState {
  const { question, university, item, area } = view;
  const who = whoOf(view, useNaming());
  const [progress, setProgress] = useState<Progress | null>(null);
  // Nothing is perturbed for changes: they are answered whole at once.
  const isLong = question !== 'changes';
  const isNamed = item !== '' || area !== '';
  const quick = answerQuery({ question, ...who, university, ...(isNamed && { limit: mostLive }) });
  const others = JSON.stringify({ question, who, university });
  const first = useQuery({
    ...quick,
    meta: { others },
    // A longer list of the same answer takes the place of the shorter one.
    placeholderData: (before, query) => (query?.meta?.['others'] === others ? before : undefined),
  });
  const place = first.data?.items.findIndex(isNamedBy(view)) ?? -1;
  const count = Math.max(usual, place + 1);
  const limit = count > usual ? { limit: count } : {};
  const asked: Asked = { question, ...who, university, ...limit, ...(set && { set: 3 }) };
  // Of the same records as the ranking: what is written later gives another.
  const wholeKey = keys.insights({ ...asked, head: first.data?.head.hash });
  const whole = useQuery({
    queryKey: wholeKey,
    queryFn: ({ signal }) => ask(asked, setProgress, signal),
    enabled: isLong && first.isSuccess,
  });
  return {
    answer:
      (isLong ? whole.data : undefined) ??
      (first.data && { ...first.data, items: first.data.items.slice(0, count) }),
    error: first.error ?? whole.error,
    pending:
      isLong && whole.isFetching
        ? { progress, cancel: () => void queries.cancelQueries({ queryKey: wholeKey }) }
        : null,
    retry: () => void (first.error ? first.refetch() : whole.refetch()),
  };
}

/** So many items of live are compared with those of a sandbox. */
export const mostLive = 100;

/** In a sandbox: what a question is answered with in live. */
export function useLiveAnswer(view: InsightsView) {
  const { question, university } = view;
  const who = whoOf(view, useNaming());
  return useQuery({
    ...answerQuery({ question, ...who, university, of: 'live', limit: mostLive }),
    enabled: inPlay() && question !== 'changes',
  });
}
