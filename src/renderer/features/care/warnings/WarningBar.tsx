import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Finding } from '#shared/contract/care.ts';
import { textsIn } from '#shared/domain/json.ts';
import { windowStore } from '../../../api/window-store.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { openView } from '../../../stores/address.ts';
import { isLive, pageSandbox } from '../../../stores/target.ts';
import { RecoverButton } from '../../../ui/RecoverButton.tsx';
import { warningText } from '../findings.ts';
import { api } from '../../../api/client.ts';
import { setCorrupt, useCorruption } from '../../../api/corruption.ts';
import { backupFolderErrors, failedWrites } from '../../../api/failed-writes.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { refreshBackups, isFolderMissing } from '../../../stores/backups.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { setSeatItem, useSeat, useSeatItem } from '../../../stores/seat.ts';
import styles from './warnings.module.css';

const seatKey = 'care-dismissed';
const maxDismissed = 50;

export const useDismissed = windowStore<{ keys: readonly string[] }>(() => ({ keys: [] }));

/** Permanent conditions of a workspace, which need not be reported at each start. */
const isPermanent = ({ id }: Finding): boolean => id === 'synced';

/** The key of a dismissed finding: its code; for a permanent finding also the workspace and the parameters. */
const dismissalKey = (finding: Finding, workspace: string): string =>
  isPermanent(finding) ? JSON.stringify([finding.code, workspace, finding.params]) : finding.code;

function useUndismissed(findings: readonly Finding[], workspace: string): Finding[] {
  const sessionKeys = useDismissed((state) => state.keys);
  const storedKeys = textsIn(useSeatItem(seatKey));
  return findings.filter((finding) => {
    const key = dismissalKey(finding, workspace);
    return !sessionKeys.includes(key) && !storedKeys.includes(key);
  });
}

/** Dismisses a finding: a permanent one in the seat file, any other in this window until it is resolved or a save fails. */
function dismiss(finding: Finding, workspace: string): void {
  const key = dismissalKey(finding, workspace);
  if (isPermanent(finding))
    setSeatItem(seatKey, [...textsIn(useSeat.getState().items[seatKey]), key].slice(-maxDismissed));
  else useDismissed.setState(({ keys }) => ({ keys: [...keys, key] }));
}

/** Forgets the dismissal of resolved findings, so that they are reported again when they reappear. */
function clearResolved(findings: readonly Finding[]): void {
  const codes = new Set(findings.map(({ code }) => code));
  useDismissed.setState(({ keys }) => ({ keys: keys.filter((key) => codes.has(key)) }));
}

/** Shows dismissed findings again, because one can be the cause of a failed save. Permanent ones stay dismissed. */
const clearDismissed = (): void => useDismissed.setState({ keys: [] });

interface Pauses {
  /** Milliseconds before the first check, so that the first view is drawn first. */
  initialMs: number;
  /** Milliseconds between checks, normally and while a finding is bad. */
  intervalMs: number;
  badIntervalMs: number;
}

const defaultPauses: Pauses = { initialMs: 2500, intervalMs: 30_000, badIntervalMs: 20_000 };
/** Milliseconds after a check in which returning to the window does not check again. */
const staleMs = 30_000;

const hasBadFinding = (findings: readonly Finding[] | undefined): boolean =>
  findings?.some(({ state }) => state === 'bad') === true;

/** Reads the warnings. Corruption among them blocks writes to live in the whole window. */
async function readWarnings(signal: AbortSignal): Promise<Finding[]> {
  const findings = await api.care.warnings({}, { signal });
  if (pageSandbox() === null && !signal.aborted) setCorrupt(findings.some(({ id }) => id === 'noted'));
  return findings;
}

/**
 * The warnings that were not dismissed, worst first. They are read shortly after the window opened, at intervals, on return to the window,
 * and at once when a save failed or the backup folder is missing.
 */
function useWarnings(pauses: Pauses): { workspace: string; findings: Finding[] } {
  const [isDue, setIsDue] = useState(false);
  const workspace = useWorkspace().data?.id;
  const failedSaves = failedWrites(({ count }) => count);
  const folderErrors = backupFolderErrors(({ count }) => count);
  const isCorrupt = useCorruption((state) => state.isCorrupt);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), pauses.initialMs);
    return () => clearTimeout(timer);
  }, [pauses.initialMs]);
  const { data, refetch } = useQuery({
    queryKey: queryKeys.care('warnings'),
    queryFn: ({ signal }) => readWarnings(signal),
    enabled: isDue && workspace !== undefined,
    staleTime: staleMs,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => (hasBadFinding(state.data) ? pauses.badIntervalMs : pauses.intervalMs),
  });
  useEffect(() => {
    if (data) clearResolved(data);
  }, [data]);
  const isBackupFolderMissing = data?.some(isFolderMissing);
  const wasBackupFolderMissing = useRef(false);
  useEffect(() => {
    if (isBackupFolderMissing === undefined || isBackupFolderMissing === wasBackupFolderMissing.current)
      return;
    wasBackupFolderMissing.current = isBackupFolderMissing;
    // The cached backups are outdated.
    void refreshBackups();
  }, [isBackupFolderMissing]);
  useEffect(() => {
    if (failedSaves === 0) return;
    clearDismissed();
    void refetch();
  }, [failedSaves, refetch]);
  useEffect(() => {
    if (isCorrupt || folderErrors > 0) void refetch();
  }, [isCorrupt, folderErrors, refetch]);
  const undismissed = useUndismissed(data ?? [], workspace ?? '');
  return {
    workspace: workspace ?? '',
    findings: undismissed.filter((finding) => warningText(finding) !== null),
  };
}

const isCorruption = ({ id, state }: Finding): boolean =>
  isLive() && state === 'bad' && (id === 'noted' || id === 'daily');

const icons = { good: IconInfoCircle, warn: IconAlertTriangle, bad: IconCircleX } as const;

/** The line above the status bar with warnings about the workspace, worst first, one at a time. */
export default function WarningBar({ pauses = defaultPauses }: { pauses?: Pauses }) {
  const { t } = useTexts('care');
  const { workspace, findings } = useWarnings(pauses);
  const [worstFinding, ...otherFindings] = findings;
  if (!worstFinding) return null;
  const Icon = icons[worstFinding.state];
  return (
    <section
      className={`row gap-8 small line-above px-12 py-4 on-${worstFinding.state} high-36 ${styles.warning}`}
      aria-label={t('care:warn.label')}
    >
      <Icon size={17} stroke={1.6} className={worstFinding.state} aria-hidden />
      <p>{warningText(worstFinding)}</p>
      {otherFindings.length > 0 && (
        <span className={`dim ${styles.warningMore}`}>
          {t('insights:more', { count: otherFindings.length })}
        </span>
      )}
      {isCorruption(worstFinding) ? (
        <RecoverButton />
      ) : (
        <Button size="xs" onClick={() => openView({ kind: 'care' })}>
          {t('care:warn.open')}
        </Button>
      )}
      <ActionIcon
        size={26}
        aria-label={t('home:unknown.meant')}
        title={t('home:unknown.meant')}
        onClick={() => dismiss(worstFinding, workspace)}
      >
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </section>
  );
}
