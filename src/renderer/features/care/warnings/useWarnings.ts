import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Finding } from '#shared/contract/care.ts';
import { api } from '../../../api/client.ts';
import { meetDamage, useDamage } from '../../../api/damage.ts';
import { noPlace, failedWrites } from '../../../api/failed-writes.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { backupsChanged, isNoPlace } from '../../../stores/backups.ts';
import { keys } from '../../../stores/queries.ts';
import { openSandbox } from '../../../stores/target.ts';
import { warningText } from '../findings.ts';
import { forgetOver, sayAgain, useUndismissed } from './dismissed.ts';

/** Milliseconds between checks. */
export interface Pauses {
  /** After the window opened, so that the first view comes first. */
  first: number;
  /** Between checks, and while something is wrong. */
  again: number;
  wrong: number;
}

export const usual: Pauses = { first: 2500, again: 30_000, wrong: 20_000 };
/** Milliseconds for which returning to the window does not check again. */
const fresh = 30_000;

const isWrong = (found: readonly Finding[] | undefined): boolean =>
  found?.some(({ state }) => state === 'bad') === true;

/** Reads the warnings. Corruption among them blocks writes to live in the whole window. */
async function look(signal: AbortSignal): Promise<Finding[]> {
  const found = await api.care.warnings({}, { signal });
  if (openSandbox() === null && !signal.aborted) meetDamage(found.some(({ id }) => id === 'noted'));
  return found;
}

/**
 * The warnings that were not dismissed, worst first. Checked shortly after the window opened, at intervals, on return to the window, and at
 * once when a save failed or the backup folder is missing.
 */
export function useWarnings(pauses: Pauses): { workspace: string; found: Finding[] } {
  const [due, setDue] = useState(false);
  const workspace = useWorkspace().data?.id;
  const refused = failedWrites(({ count }) => count);
  const away = noPlace(({ count }) => count);
  const damaged = useDamage(({ met }) => met);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), pauses.first);
    return () => clearTimeout(timer);
  }, [pauses.first]);
  const { data, refetch } = useQuery({
    queryKey: keys.care('warnings'),
    queryFn: ({ signal }) => look(signal),
    enabled: due && workspace !== undefined,
    staleTime: fresh,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => (isWrong(state.data) ? pauses.wrong : pauses.again),
  });
  useEffect(() => {
    if (data) forgetOver(data);
  }, [data]);
  const missing = data?.some(isNoPlace);
  const was = useRef(false);
  useEffect(() => {
    if (missing === undefined || missing === was.current) return;
    was.current = missing;
    // The cached backups are outdated.
    void backupsChanged();
  }, [missing]);
  useEffect(() => {
    if (refused === 0) return;
    sayAgain();
    void refetch();
  }, [refused, refetch]);
  useEffect(() => {
    if (damaged || away > 0) void refetch();
  }, [damaged, away, refetch]);
  const found = useUndismissed(data ?? [], workspace ?? '');
  return { workspace: workspace ?? '', found: found.filter((one) => warningText(one) !== null) };
}
