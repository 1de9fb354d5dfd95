import { reasonText } from '../../text/reasons.ts';
import { Button } from '@mantine/core';
import {
  IconHeartbeat,
  IconAlertTriangle,
  IconFolder,
  IconCircleCheck,
  IconCircleX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Health, Finding } from '#shared/contract/care.ts';
import type { DamagedDocument } from '#shared/contract/documents.ts';
import type { IndexStatus, MeaningStatus } from '#shared/contract/search.ts';
import { windowStore } from '../../api/window-store.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { disabledProps } from '../../commands/disabled-props.ts';
import { runCommand, useCommand } from '../../commands/registry.ts';
import { whyNotNow, whyNotLive, isLive } from '../../stores/target.ts';
import { timeAgo, exactTime } from '../../text/time.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Retention } from '../people/Retention.tsx';
import { Sizes, Tables } from './Sizes.tsx';
import { runFullCheck, useFullCheck, useHealth, useStats, refreshCare } from './useCare.ts';
import { reportImpossible } from '../../ui/locked.ts';
import { changeBackupFolder } from './backup-folder.ts';
import { bytesText } from '../../text/bytes.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { api } from '../../api/client.ts';
import { runInWindow } from '../../stores/window-work.ts';
import type { RunningWork } from '../../stores/window-work.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { navigate } from '../../stores/address.ts';
import { TitleLink } from '../../ui/LinkButton.tsx';
import { RecoverButton } from '../../ui/RecoverButton.tsx';
import { RepairDocumentsButton } from '../../ui/repair-documents.tsx';
import { findingName, findingText, findingsToShow } from './findings.ts';
import styles from './care.module.css';

const stateIcons = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX } as const;

function FindingAction({ finding: { id, state, code } }: { finding: Finding }) {
  const { t } = useTexts('care');
  const backUpCommand = useCommand('data.backup');
  if (state === 'good') return null;
  if (
    ['backup.none', 'backup.none_here', 'backup.other', 'backup.old', 'backup.lacking'].includes(code) &&
    backUpCommand?.enabled !== false
  )
    return (
      <Button size="xs" onClick={() => runCommand('data.backup')}>
        {backUpCommand?.label}
      </Button>
    );
  if (['integrity', 'daily'].includes(id) && state === 'bad' && isLive()) return <RecoverButton />;
  if (['integrity', 'chain', 'head', 'backup', 'verified'].includes(id))
    return (
      <Button size="xs" onClick={() => navigate({ kind: 'versions' })}>
        {t('deed.backups')}
      </Button>
    );
  if (id === 'documents') return <RepairDocumentsButton onRepaired={refreshCare} />;
  if (id !== 'sandboxes') return null;
  return (
    <Button size="xs" onClick={() => navigate({ kind: 'play' })}>
      {t('deed.play')}
    </Button>
  );
}

const stateTones = { good: 'ok', warn: 'warn', bad: 'bad' } as const;

function folderOf({ params }: Finding): string {
  const { folder } = params;
  return typeof folder === 'string' ? folder : '';
}

/** The documents of a finding, each with a link and the problem of its file. */
function DamagedDocuments({ damaged }: { damaged: readonly DamagedDocument[] }) {
  const { t } = useTexts('documents');
  return (
    <details className="tiny">
      <summary className="tiny dim pointer">{t('common:details')}</summary>
      <ul>
        {damaged.map(({ id, name, sha256, state }) => (
          <li key={`${id} ${sha256}`}>
            {id === '' ? (
              <span className="num">{sha256.slice(0, 12)}</span>
            ) : (
              <TitleLink type="document" id={id} title={name} className="medium" />
            )}
            {': '}
            {t(`file.${state}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { t } = useTexts('care');
  const { state, code, params, damaged } = finding;
  // SQLite's message, for support.
  const problem = code === 'integrity.damaged' ? params['problem'] : undefined;
  const Icon = stateIcons[state];
  return (
    <li className={`stack center gap-12 small px-12 py-4 ${styles.line}`}>
      <Icon size={17} stroke={1.6} className={stateTones[state]} aria-hidden />
      <h3 className="small medium">{findingName(finding)}</h3>
      <div className="breaks">
        <p>{findingText(finding)}</p>
        {damaged && <DamagedDocuments damaged={damaged} />}
        {problem !== undefined && (
          <details className="tiny dim">
            <summary className="tiny dim pointer">{t('common:details')}</summary>
            {typeof problem === 'object' ? reasonText(problem) : problem}
          </details>
        )}
      </div>
      <FindingAction finding={finding} />
      <span
        className={`tiny text-end ${state === 'good' ? 'dim' : `medium ${stateTones[state]}`} ${styles.word}`}
      >
        {t(`word.${state}`)}
      </span>
    </li>
  );
}

function FindingList({ health: { state, findings } }: { health: Health }) {
  const { t } = useTexts('care');
  const count = findings.filter((one) => one.state === state).length;
  return (
    <>
      <p className={`large medium ${state === 'good' ? '' : stateTones[state]}`}>
        {state === 'good' ? t('state.good') : t(`state.${state}`, { count })}
      </p>
      <ul className="card" aria-label={t('findings')}>
        {findingsToShow(findings).map((finding) => (
          <FindingRow key={`${finding.id} ${folderOf(finding)} ${findingText(finding)}`} finding={finding} />
        ))}
      </ul>
    </>
  );
}

/** Milliseconds between polls during background training. */
const pollMs = 2000;

function useIndexStatus() {
  return useQuery({
    ...queryFor('search.status', {}, queryKeys.care('index')),
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.meaning?.state === 'training' ? pollMs : false),
  });
}

const useTraining = windowStore<{ running: RunningWork | null }>(() => ({ running: null }));

const refreshIndexStatus = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: queryKeys.care('index') });

async function trainIndex(): Promise<void> {
  await runInWindow(useTraining, {
    start: (options) => api.search.train({}, options),
    onResult: ({ meaning }) => {
      if (meaning?.state === 'ready') notice({ id: 'training', title: say('care:search.done') });
    },
    onCancelled: () => notice({ id: 'training', title: say('care:search.stopped') }),
  });
  await refreshIndexStatus();
}

async function clearIndex(): Promise<void> {
  try {
    await api.search.clear({});
  } catch (error) {
    reportError(error);
  }
  await refreshIndexStatus();
}

function indexText({ records, passages, bytes, behind }: IndexStatus): string {
  if (records === null || behind === null) return say('care:search.notBuilt');
  return say('care:search.words', { records, passages, size: bytes === null ? '–' : bytesText(bytes) });
}

function meaningText({ state, texts, trained, model, problem }: MeaningStatus): string {
  if (problem !== null) return say('care:search.problem', { model, problem });
  return say(`care:search.${state}`, { texts, trained, model });
}

function SearchIndexSection() {
  const { t } = useTexts('care');
  const { data: status, error, refetch } = useIndexStatus();
  const running = useTraining((state) => state.running);
  const refusal = whyNotLive();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const meaning = status?.meaning;
  const isComplete = meaning?.state === 'ready' && meaning.trained >= meaning.texts;
  return (
    <section aria-label={t('search.title')}>
      <h2>{t('search.title')}</h2>
      {status && <p>{indexText(status)}</p>}
      {meaning && !running && <p>{meaningText(meaning)}</p>}
      {running && (
        <ProgressLine progress={running.progress} label={t('search.running')} onCancel={running.cancel} />
      )}
      <p className="dim tiny">{t('search.hint')}</p>
      <div className="flex wrap gap-8 mt-8">
        {!isComplete && (
          <Button
            disabled={refusal !== null || running !== null || meaning?.state === 'training'}
            title={refusal ?? undefined}
            onClick={() => void trainIndex()}
          >
            {t(meaning?.state === 'partial' ? 'search.continue' : 'search.train')}
          </Button>
        )}
        <Button
          disabled={refusal !== null || running !== null}
          title={refusal ?? undefined}
          onClick={() => void clearIndex()}
        >
          {t('search.clear')}
        </Button>
      </div>
    </section>
  );
}

function BackupFolder({ health }: { health: Health }) {
  const { t } = useTexts('care');
  const chooseCommand = useCommand('care.place');
  const finding = health.findings.find(({ id }) => id === 'place');
  if (!finding) return null;
  const isMissing = finding.state !== 'good';
  const isDefault = finding.code === 'place.usual';
  const folderText = isDefault ? 'place.usual' : 'place.chosen';
  const folder = folderOf(finding);
  const resetFolder = (): void => {
    if (chooseCommand?.enabled === false) reportImpossible(t('place.back'), chooseCommand.why ?? '');
    else void changeBackupFolder({ isDefault: true });
  };
  const Icon = isMissing ? IconAlertTriangle : IconFolder;
  return (
    <section aria-label={t('finding.place')}>
      <h2>{t('finding.place')}</h2>
      <p
        className={
          isMissing ? `stack top gap-8 small breaks marked care-warn` : `stack top gap-8 small breaks marked`
        }
        role={isMissing ? 'alert' : undefined}
      >
        <Icon size={17} stroke={1.6} aria-hidden />
        <span>{t(isMissing ? 'says.place.missing' : folderText, { folder })}</span>
      </p>
      <p className="dim tiny">{t('place.hint')}</p>
      <div className="flex wrap gap-8 mt-8">
        {isMissing && <Button onClick={() => void refreshCare()}>{t('again')}</Button>}
        <CommandButton id="care.place" text={t('place.choose')} title={t('place.choose')} />
        {!isDefault && (
          <Button {...disabledProps(chooseCommand, t('place.back'))} onClick={resetFolder}>
            {t('place.back')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The progress of the full check with a stop button; otherwise the time of the last one. */
function FullCheck() {
  const { t } = useTexts('care');
  const { running, lastIntactAt } = useFullCheck();
  if (running)
    return <ProgressLine progress={running.progress} label={t('checking')} onCancel={running.cancel} />;
  if (lastIntactAt === null) return null;
  return (
    <p className="dim tiny" title={exactTime(lastIntactAt)}>
      {t('lastFull', { when: timeAgo(lastIntactAt) })}
    </p>
  );
}

function HealthActions() {
  const { t } = useTexts('care');
  const isChecking = useFullCheck(({ running }) => running !== null);
  return (
    <>
      <CommandButton id="go.jobs" />
      <CommandButton id="care.pack" />
      <Button variant="filled" disabled={isChecking} onClick={() => void runFullCheck()}>
        {t('transfer:workspace.verify')}
      </Button>
    </>
  );
}

export default function CareView() {
  const { t } = useTexts('care');
  const pastReason = whyNotNow();
  if (pastReason === null) return <CurrentHealth />;
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconHeartbeat} text={pastReason}>
        <CommandButton primary id="past.back" />
      </EmptyState>
    </Page>
  );
}

function CurrentHealth() {
  const { t } = useTexts('care');
  const { progress, ...query } = useHealth();
  const { data: health } = query;
  const stats = useStats();
  return (
    <Page title={t('title')} width="form" actions={<HealthActions />}>
      <section className="stack single gap-12" aria-label={t('findings')}>
        <FullCheck />
        <QueryView query={query} progress={progress}>
          {(found) => <FindingList health={found} />}
        </QueryView>
      </section>
      {health && <BackupFolder health={health} />}
      <SearchIndexSection />
      <Retention />
      <QueryView query={stats}>
        {(found) => (
          <>
            <Sizes stats={found} />
            <Tables stats={found} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
