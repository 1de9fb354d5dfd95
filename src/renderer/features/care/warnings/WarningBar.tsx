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
import { setCorrupt, useCorruption } from '../../../api/corruption.ts';
import { backupFolderErrors, failedWrites } from '../../../api/failed-writes.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { refreshBackups, isFolderMissing } from '../../../stores/backups.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { setSeatItem, useSeat } from '../../../stores/seat.ts';
import styles from './warnings.module.css';

const seatKey = 'care-dismissed';
const maxDismissed = 50;

export const useDismissed = windowStore<{ keys: readonly string[] }>(() => ({ keys: [] }));

/** Permanent conditions of a workspace, which need not be reported at each start. */
const isLasting = ({ id }: Finding): boolean => id === 'synced';

/** The key of a dismissed finding; for permanent ones by workspace and parameters. */
const dismissalKey = (finding: Finding, workspace: string): string =>
  isLasting(finding) ? JSON.stringify([finding.code, workspace, finding.params]) : finding.code;

const storedKeysOf = (items: ReturnType<typeof useSeat.getState>['items']): string[] => {
  const item = items[seatKey];
  return Array.isArray(item) ? item.filter((one) => typeof one === 'string') : [];
};

function useUndismissed(findings: readonly Finding[], workspace: string): Finding[] {
  const sessionKeys = useDismissed((state) => state.keys);
  const items = useSeat((seat) => seat.items);
  const storedKeys = storedKeysOf(items);
  return findings.filter((one) => {
    const key = dismissalKey(one, workspace);
    return !sessionKeys.includes(key) && !storedKeys.includes(key);
  });
}

/** Dismisses a finding: a permanent one for good in this workspace, another until it reappears or the program starts again. */
function dismiss(finding: Finding, workspace: string): void {
  const key = dismissalKey(finding, workspace);
  if (isLasting(finding))
    setSeatItem(seatKey, [...storedKeysOf(useSeat.getState().items), key].slice(-maxDismissed));
  else useDismissed.setState(({ keys: marks }) => ({ keys: [...marks, key] }));
}

/** Forgets the dismissal of resolved findings, so that they are reported again when they reappear. */
function clearResolved(findings: readonly Finding[]): void {
  const codes = new Set(findings.map(({ code }) => code));
  useDismissed.setState(({ keys: marks }) => ({ keys: marks.filter((key) => codes.has(key)) }));
}

/** After a failed save, shows its cause again even if it was dismissed. */
const clearDismissed = (): void => useDismissed.setState({ keys: [] });

interface Pauses {
  /** After the window opened, so that the first view is drawn first. */
  first: number;
  /** Between checks; `wrong` while a finding is bad. */
  again: number;
  wrong: number;
}

const defaultPauses: Pauses = { first: 2500, again: 30_000, wrong: 20_000 };
/** Milliseconds for which returning to the window does not check again. */
const staleMs = 30_000;

const isWrong = (findings: readonly Finding[] | undefined): boolean =>
  findings?.some(({ state }) => state === 'bad') === true;

/** Reads the warnings. Corruption among them blocks writes to live in the whole window. */
async function readWarnings(signal: AbortSignal): Promise<Finding[]> {
  const findings = await api.care.warnings({}, { signal });
  if (openSandbox() === null && !signal.aborted) setCorrupt(findings.some(({ id }) => id === 'noted'));
  return findings;
}

/**
 * The warnings that were not dismissed, worst first. They are read shortly after the window opened, at intervals, on return to the window,
 * and at once when a save failed or the backup folder is missing.
 */
function useWarnings(pauses: Pauses): { workspace: string; found: Finding[] } {
  const [isDue, setIsDue] = useState(false);
  const workspace = useWorkspace().data?.id;
  const failedSaves = failedWrites(({ count }) => count);
  const folderErrors = backupFolderErrors(({ count }) => count);
  const isCorrupt = useCorruption(({ isCorrupt: met }) => met);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), pauses.first);
    return () => clearTimeout(timer);
  }, [pauses.first]);
  const { data, refetch } = useQuery({
    queryKey: queryKeys.care('warnings'),
    queryFn: ({ signal }) => readWarnings(signal),
    enabled: isDue && workspace !== undefined,
    staleTime: staleMs,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => (isWrong(state.data) ? pauses.wrong : pauses.again),
  });
  useEffect(() => {
    if (data) clearResolved(data);
  }, [data]);
  const missing = data?.some(isFolderMissing);
  const wasFolderMissing = useRef(false);
  useEffect(() => {
    if (missing === undefined || missing === wasFolderMissing.current) return;
    wasFolderMissing.current = missing;
    // The cached backups are outdated.
    void refreshBackups();
  }, [missing]);
  useEffect(() => {
    if (failedSaves === 0) return;
    clearDismissed();
    void refetch();
  }, [failedSaves, refetch]);
  useEffect(() => {
    if (isCorrupt || folderErrors > 0) void refetch();
  }, [isCorrupt, folderErrors, refetch]);
  const undismissed = useUndismissed(data ?? [], workspace ?? '');
  return { workspace: workspace ?? '', found: undismissed.filter((one) => warningText(one) !== null) };
}

const isCorruption = ({ id, state }: Finding): boolean =>
  isLive() && state === 'bad' && (id === 'noted' || id === 'daily');

const icons = { good: IconInfoCircle, warn: IconAlertTriangle, bad: IconCircleX } as const;

/** The line above the status bar with warnings about the workspace, worst first, one at a time. */
export default function WarningBar({ pauses = defaultPauses }: { pauses?: Pauses }) {
  const { t } = useTexts('care');
  const { workspace, found } = useWarnings(pauses);
  const [worst, ...others] = found;
  if (!worst) return null;
  const Icon = icons[worst.state];
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
      {isCorruption(worst) ? (
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
