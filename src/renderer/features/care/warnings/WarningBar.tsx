import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Finding } from '#shared/contract/care.ts';
import { windowStore } from '../../../api/window-store.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { openView } from '../../../stores/address.ts';
import { isLive, openSandbox } from '../../../stores/target.ts';
import { RecoverButton } from '../../../ui/RecoverButton.tsx';
import { warningText } from '../findings.ts';
import { api } from '../../../api/client.ts';
import { meetDamage, useDamage } from '../../../api/damage.ts';
import { noPlace, failedWrites } from '../../../api/failed-writes.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { backupsChanged, isNoPlace } from '../../../stores/backups.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { setSeatItem, useSeat } from '../../../stores/seat.ts';
import styles from './warnings.module.css';

const seatKey = 'care-dismissed';
const most = 50;

export const useDismissed = windowStore<{ marks: readonly string[] }>(() => ({ marks: [] }));

/** Permanent conditions of a workspace, which need not be reported at each start. */
const isLasting = ({ id }: Finding): boolean => id === 'synced';

/** The key of a dismissed finding; for permanent ones by workspace and parameters. */
const markOf = (finding: Finding, workspace: string): string =>
  isLasting(finding) ? JSON.stringify([finding.code, workspace, finding.params]) : finding.code;

const keptIn = (items: ReturnType<typeof useSeat.getState>['items']): string[] => {
  const item = items[seatKey];
  return Array.isArray(item) ? item.filter((one) => typeof one === 'string') : [];
};

function useUndismissed(found: readonly Finding[], workspace: string): Finding[] {
  const marks = useDismissed((state) => state.marks);
  const items = useSeat((seat) => seat.items);
  const kept = keptIn(items);
  return found.filter((one) => {
    const mark = markOf(one, workspace);
    return !marks.includes(mark) && !kept.includes(mark);
  });
}

/** Permanent findings stay dismissed in this workspace; others until they reappear, or the next start. */
function dismiss(finding: Finding, workspace: string): void {
  const mark = markOf(finding, workspace);
  if (isLasting(finding)) setSeatItem(seatKey, [...keptIn(useSeat.getState().items), mark].slice(-most));
  else useDismissed.setState(({ marks }) => ({ marks: [...marks, mark] }));
}

/** Resolved findings are reported again when they reappear. */
function forgetOver(found: readonly Finding[]): void {
  const codes = new Set(found.map(({ code }) => code));
  useDismissed.setState(({ marks }) => ({ marks: marks.filter((mark) => codes.has(mark)) }));
}

/** A save failed: reports its cause again, even if dismissed. */
const sayAgain = (): void => useDismissed.setState({ marks: [] });

interface Pauses {
  /** After the window opened, so that the first view comes first. */
  first: number;
  /** Between checks, and while something is wrong. */
  again: number;
  wrong: number;
}

const usual: Pauses = { first: 2500, again: 30_000, wrong: 20_000 };
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
function useWarnings(pauses: Pauses): { workspace: string; found: Finding[] } {
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
    queryKey: queryKeys.care('warnings'),
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

const isDamage = ({ id, state }: Finding): boolean =>
  isLive() && state === 'bad' && (id === 'noted' || id === 'daily');

const signs = { good: IconInfoCircle, warn: IconAlertTriangle, bad: IconCircleX } as const;

/** The line above the status bar with warnings about the workspace, worst first, one at a time. */
export default function WarningBar({ pauses = usual }: { pauses?: Pauses }) {
  const { t } = useTexts('care');
  const { workspace, found } = useWarnings(pauses);
  const [worst, ...others] = found;
  if (!worst) return null;
  const Icon = signs[worst.state];
  return (
    <section
      className={`row gap-8 small line-above px-12 py-4 on-${worst.state} high-36 ${styles.warning}`}
      aria-label={t('care:warn.label')}
    >
      <Icon size={17} stroke={1.6} className={worst.state} aria-hidden />
      <p>{warningText(worst)}</p>
      {others.length > 0 && (
        <span className={`dim ${styles.warningMore}`}>{t('insights:more', { count: others.length })}</span>
      )}
      {isDamage(worst) ? (
        <RecoverButton />
      ) : (
        <Button size="xs" variant="default" onClick={() => openView({ kind: 'care' })}>
          {t('care:warn.open')}
        </Button>
      )}
      <ActionIcon
        size={26}
        aria-label={t('home:unknown.meant')}
        title={t('home:unknown.meant')}
        onClick={() => dismiss(worst, workspace)}
      >
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </section>
  );
}
