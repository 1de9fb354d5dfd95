import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { atStart } from '../../api/window-state.ts';
import { api } from '../../api/client.ts';
import { useOpenPoint } from '../../stores/open-point.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { reportError } from '../../ui/notices.tsx';
import { indexOf, momentAt, refreshMoments, useRange } from './useMoments.ts';
import type { LogRange } from './useMoments.ts';

/** Milliseconds that the slider must rest before its point in time is opened. */
const restMs = 120;

type CurrentPoint = Awaited<ReturnType<typeof api.moments.current>>;

/** The number of the latest request; an earlier request that finishes later does not move the window. */
let latestRequest: number;
atStart(() => (latestRequest = 0));

/** Opens a point in time by transaction, time or name. Throws as `moments.open`. */
export async function moveTo(at: number | string): Promise<Moment> {
  latestRequest += 1;
  const moment = await api.moments.open({ at });
  queryClient.setQueryData<CurrentPoint>(queryKeys.openPoint, (current) => current && { ...current, moment });
  return moment;
}

export interface Travel {
  range: LogRange | undefined;
  moment: Moment | null;
  /** The index of `moment` in the log, from 0; null until known. */
  index: number | null;
  lastIndex: number;
  goToIndex: (index: number) => void;
}

export function useTravel(): Travel {
  const range = useRange().data;
  const openMoment = useOpenPoint().data?.moment ?? null;
  const [targetIndex, setTargetIndex] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const total = range?.transactions ?? 0;
  const indexQuery = useQuery({
    queryKey: queryKeys.momentIndex(openMoment?.id ?? 0, total),
    queryFn: ({ signal }) => (range && openMoment ? indexOf(range, openMoment.id, signal) : 0),
    enabled: range !== undefined && openMoment !== null,
    placeholderData: (previous) => previous,
  });
  const targetQuery = useQuery({
    queryKey: queryKeys.moment(targetIndex ?? 0, total),
    queryFn: ({ signal }) => momentAt(targetIndex ?? 0, total, signal),
    enabled: targetIndex !== null,
    placeholderData: (previous) => previous,
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const lastIndex = Math.max(0, total - 1);
  const travelTo = async (index: number, request: number): Promise<void> => {
    try {
      const { id } = await momentAt(index, total);
      queryClient.setQueryData(queryKeys.momentIndex(id, total), index);
      if (request !== latestRequest) return;
      // The last index is the present: opens the newest change, because the log can have grown.
      const newMoment = await moveTo(index === lastIndex ? 'now' : id);
      if (newMoment.id !== id) await refreshMoments();
    } catch (error) {
      reportError(error);
    } finally {
      // Keeps the target of a later request.
      setTargetIndex((current) => (current === index ? null : current));
    }
  };
  const goToIndex = (requested: number): void => {
    const index = Math.max(0, Math.min(lastIndex, requested));
    setTargetIndex(index);
    clearTimeout(timer.current);
    latestRequest += 1;
    timer.current = setTimeout(travelTo, restMs, index, latestRequest);
  };
  return {
    range,
    moment: targetIndex === null ? openMoment : (targetQuery.data ?? openMoment),
    index: targetIndex ?? indexQuery.data ?? null,
    lastIndex,
    goToIndex,
  };
}
