import { reasonText } from '../../../text/reasons.ts';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconShieldCheck } from '@tabler/icons-react';
import type { Finding } from '#shared/contract/care.ts';
import { navigate } from '../../../stores/address.ts';
import { isFolderMissing, useBackupFindings } from '../../../stores/backups.ts';
import { When } from '../../../ui/When.tsx';
import type { Verification } from '#shared/contract/workspace.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { RecoverButton } from '../../../ui/RecoverButton.tsx';
import { RepairDocumentsButton } from '../../../ui/repair-documents.tsx';
import { Button, Progress as Bar } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { useIsCorrupt } from '../../../stores/recovery.ts';
import { inPast, isLive } from '../../../stores/target.ts';
import { useSync } from '../../sync/state.ts';
import { hostOf } from '../../sync/status-texts.ts';
import { useVerification, verifyNow } from '../../workspace/verify.ts';
import { stepText } from '../../../ui/ProgressLine.tsx';
import styles from '../home.module.css';

const icons = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconAlertTriangle,
  open: IconCircleDashed,
} as const;
export type Tone = keyof typeof icons;
const toneColors = { good: 'ok', warn: 'warn', bad: 'bad', open: 'text-3' } as const;

export function ToneIcon({ tone }: { tone: Tone }) {
  const Icon = icons[tone];
  return <Icon size={17} stroke={1.6} className="rigid" color={`var(--${toneColors[tone]})`} />;
}

interface BackupSummary {
  tone: Tone;
  textKey: 'backup' | 'noBackup' | 'otherBackup' | 'noPlace';
  /** Time of the backup with most of the current records (ISO 8601). */
  madeAt?: string;
}

const noBackupCodes: readonly string[] = ['backup.none', 'backup.none_here', 'backup.nothing'];

function summaryOf(found: readonly Finding[]): BackupSummary | null {
  if (found.some(isFolderMissing)) return { tone: 'warn', textKey: 'noPlace' };
  const backup = found.find(({ id }) => id === 'backup');
  if (!backup) return null;
  const { code, state, params } = backup;
  if (noBackupCodes.includes(code)) return { tone: 'open', textKey: 'noBackup' };
  // A backup from before a recovery has none of the current records.
  if (code === 'backup.other') return { tone: 'warn', textKey: 'otherBackup' };
  const madeAt = params['since'] ?? params['made'];
  return { tone: state, textKey: 'backup', madeAt: typeof madeAt === 'string' ? madeAt : '' };
}

/** The last backup, or why there is none; links to the backups, or to their folder's settings. */
export function LastBackup() {
  const { t } = useTexts('home');
  const { data } = useBackupFindings();
  const summary = data && summaryOf(data);
  if (!summary) return null;
  const { tone, textKey, madeAt = '' } = summary;
  const isMissing = textKey === 'noPlace';
  return (
    <li>
      <ToneIcon tone={tone} />
      <button
        type="button"
        className="link-button"
        onClick={() => navigate({ kind: isMissing ? 'care' : 'versions' })}
      >
        {textKey === 'noPlace' ? t('faults:writeFailed.no_backups_place.title') : t(`home:kept.${textKey}`)}
      </button>
      <span className="rigid push tiny dim num side">
        {isMissing && t('home:kept.noPlaceText')}
        {madeAt !== '' && <When at={madeAt} />}
      </span>
    </li>
  );
}

const verifiedParts = ['integrity', 'chain', 'replay', 'documents'] as const;
const maxProblems = 20;

export function verifiedText({ chain, counts, documents }: Verification): string {
  const entries = say('home:kept.entries', { count: chain.transactions });
  const count = sumOf(counts);
  return [
    say('home:kept.ok', { entries, records: say('common:count', { count }) }),
    ...(documents.files > 0 ? [say('home:kept.okDocuments', { count: documents.files })] : []),
    ...(documents.elsewhere > 0 ? [say('home:kept.elsewhere', { count: documents.elsewhere })] : []),
  ].join(' ');
}

function VerificationProblems({ result }: { result: Verification }) {
  const { t } = useTexts('home');
  const isDamaged = result.damage.length > 0;
  const fileState = isDamaged ? 'integrity' : result.unread ? 'unread' : 'sound';
  const canContinue = fileState === 'sound' && result.replay.ok;
  const failedParts = verifiedParts.filter((part) => !result[part].ok);
  const problems = failedParts.flatMap((part) => result[part].problems);
  const onlyDocuments = failedParts.every((part) => part === 'documents');
  const advice = canContinue ? 'mend' : 'todo';
  return (
    <div className={`stack gap-8 small mt-8 pad-12 rounded on-bad ${styles.damage}`} role="alert">
      {failedParts.map((part) => (
        <p key={part}>
          {t(`kept.bad.${part === 'integrity' ? fileState : part}`, {
            count: result.documents.damaged.length,
          })}
        </p>
      ))}
      <p>{t(`kept.bad.${onlyDocuments ? 'repair' : advice}`)}</p>
      {isDamaged && <RecoverButton />}
      {result.documents.damaged.length > 0 && <RepairDocumentsButton onRepaired={verifyNow} />}
      <details>
        <summary>{t('kept.bad.problems')}</summary>
        <ul>
          {problems.slice(0, maxProblems).map((problem, index) => (
            <li key={`${index}-${problem.code}`}>{reasonText(problem)}</li>
          ))}
          {problems.length > maxProblems && (
            <li>{t('insights:more', { count: problems.length - maxProblems })}</li>
          )}
        </ul>
      </details>
    </div>
  );
}

export function VerificationResult({ result }: { result: Verification }) {
  const { t } = useTexts('home');
  if (!result.ok) return <VerificationProblems result={result} />;
  return (
    <>
      <p className="small dim mt-8">{verifiedText(result)}</p>
      {!result.chain.kept && <p className="small dim mt-8">{t('kept.noHead')}</p>}
    </>
  );
}

function SafetyLine({ tone, text, side }: { tone: Tone; text: string; side?: ReactNode }) {
  return (
    <li>
      <ToneIcon tone={tone} />
      <span>{text}</span>
      <span className="rigid push tiny dim num side">{side}</span>
    </li>
  );
}

/** The text that says whether data leaves this computer, and where to; '' until known. */
function useSharingText(): string {
  const { t } = useTexts('home');
  const status = useSync((sync) => sync.status);
  if (status === null && isLive()) return '';
  if (!status?.server) return t('kept.offlineText');
  return t('kept.offlineShared', { server: hostOf(status.server.url) });
}

function CheckProgress({ progress, cancel }: { progress: Progress | null; cancel: () => void }) {
  const { t } = useTexts('home');
  const stepIndex = verifiedParts.findIndex((part) => part === progress?.step);
  const stepShare = progress?.total ? progress.done / progress.total : 0;
  const percent = ((Math.max(0, stepIndex) + Math.min(1, stepShare)) / verifiedParts.length) * 100;
  return (
    <div className={`stack center small dim mt-12 ${styles.checking}`}>
      <output>{stepText(progress?.step ?? '')}</output>
      <Bar.Root size={6}>
        <Bar.Section value={percent} aria-label={t('transfer:workspace.verify')} />
      </Bar.Root>
      <Button size="xs" onClick={cancel}>
        {t('common:cancel')}
      </Button>
    </div>
  );
}

export function DataSafety() {
  const { t } = useTexts('home');
  const { data } = useWorkspace();
  const { running, lastCheck } = useVerification();
  const isCorrupt = useIsCorrupt();
  // Verification checks the current file, so it is not offered at a point in time.
  const isPast = inPast();
  // A verification from before corruption was found no longer applies.
  const validCheck = isCorrupt && lastCheck?.result.ok ? null : lastCheck;
  const deletedCount = sumOf(data?.deleted ?? {});
  const uncheckedState = isCorrupt ? 'closed' : 'unchecked';
  const checkedState = validCheck?.result.ok ? 'verified' : 'damaged';
  const state = validCheck ? checkedState : uncheckedState;
  const tone = ({ unchecked: 'open', closed: 'bad', verified: 'good', damaged: 'bad' } as const)[state];
  const sharingText = useSharingText();
  return (
    <section>
      <h2 className="mb-4">{t('kept.title')}</h2>
      <ul className={styles.lines}>
        {!isCorrupt && (
          <SafetyLine
            tone="good"
            text={t('kept.accounted')}
            side={data && t('kept.entries', { count: data.transactions })}
          />
        )}
        <SafetyLine tone="good" text={t('kept.offline')} side={sharingText} />
        {deletedCount > 0 && (
          <SafetyLine
            tone="good"
            text={t('kept.deleted')}
            side={t('kept.deletedCount', { count: deletedCount })}
          />
        )}
        <LastBackup />
        {!isPast && (
          <SafetyLine
            tone={tone}
            text={t(`kept.${state}`)}
            side={validCheck && <When at={validCheck.at} />}
          />
        )}
      </ul>
      {!isPast && validCheck && !running && <VerificationResult result={validCheck.result} />}
      {!isPast &&
        (running ? (
          <CheckProgress {...running} />
        ) : (
          <Button leftSection={<IconShieldCheck size={16} stroke={1.6} />} onClick={() => void verifyNow()}>
            {t('transfer:workspace.verify')}
          </Button>
        ))}
    </section>
  );
}
