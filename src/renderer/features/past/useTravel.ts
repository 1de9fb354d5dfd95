import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { atStart } from '../../api/window-state.ts';
import { api } from '../../api/client.ts';
import { useOpenMoment } from '../../stores/moments.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { reportError } from '../../ui/notices.tsx';
import { indexOf, momentAt, momentsChanged, useRange } from './useMoments.ts';
import type { Range } from './useMoments.ts';

/** Milliseconds that the slider rests before the window follows. */
const rest = 120;

type Opened = Awaited<ReturnType<typeof api.moments.opened>>;

/** Counts requests: only the latest one counts. */
let latest: number;
atStart(() => (latest = 0));

/** Opens a point in time by transaction, time or name. Throws as `moments.go`. */
export async function moveTo(at: number | string): Promise<Moment> {
  latest += 1;
  const moment = await api.moments.go({ at });
  queryClient.setQueryData<Opened>(queryKeys.moments('opened'), (now) => now && { ...now, moment });
  return moment;
}

export interface Travel {
  range: Range | undefined;
  moment: Moment | null;
  /** Its index in the log, from 0; null until known. */
  index: number | null;
  last: number;
  to: (index: number) => void;
}

export function useTravel(): Travel {
  const range = useRange().data;
  const opened = useOpenMoment().data?.moment ?? null;
  const [target, setTarget] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const total = range?.transactions ?? 0;
  const here = useQuery({
    queryKey: queryKeys.momentIndex(opened?.id ?? 0, total),
    queryFn: ({ signal }) => (range && opened ? indexOf(range, opened.id, signal) : 0),
    enabled: range !== undefined && opened !== null,
    placeholderData: (before) => before,
  });
  const pointed = useQuery({
    queryKey: queryKeys.moment(target ?? 0, total),
    queryFn: ({ signal }) => momentAt(target ?? 0, total, signal),
    enabled: target !== null,
    placeholderData: (before) => before,
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const last = Math.max(0, total - 1);
  const follow = async (index: number, turn: number): Promise<void> => {
    try {
      const { id } = await momentAt(index, total);
      queryClient.setQueryData(queryKeys.momentIndex(id, total), index);
      if (turn !== latest) return;
      // The last index is the present, which may have moved on.
      const moved = await moveTo(index === last ? 'now' : id);
      if (moved.id !== id) await momentsChanged();
    } catch (error) {
      reportError(error);
    } finally {
      // Follows a later request.
      setTarget((now) => (now === index ? null : now));
    }
  };
  const to = (place: number): void => {
    const index = Math.max(0, Math.min(last, place));
    setTarget(index);
    clearTimeout(timer.current);
    latest += 1;
    timer.current = setTimeout(follow, rest, index, latest);
  };
  return {
    range,
    moment: target === null ? opened : (pointed.data ?? opened),
    index: target ?? here.data ?? null,
    last,
    to,
  };
}
