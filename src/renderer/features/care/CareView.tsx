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
import type { IndexStatus, MeaningStatus } from '#shared/contract/search.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { windowStore } from '../../api/window-store.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { disabledProps } from '../../commands/greyed.ts';
import { runCommand, useCommand } from '../../commands/registry.ts';
import { whyNotNow, whyNotLive, isLive } from '../../stores/target.ts';
import { timeAgo, exactTime } from '../../text/time.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Retention } from '../people/Retention.tsx';
import { Sizes, Tables } from './Sizes.tsx';
import { checkNow, useFullCheck, useHealth, useStats, careChanged } from './useCare.ts';
import { reportImpossible } from '../../ui/locked.ts';
import { placeBackups } from './place.ts';
import { bytesText } from '../../text/bytes.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { navigate } from '../../stores/address.ts';
import { RecoverButton } from '../../ui/RecoverButton.tsx';
import { findingName, findingText, inOrder } from './findings.ts';
import styles from './care.module.css';

const signs = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX } as const;

function FindingAction({ finding: { id, state, code } }: { finding: Finding }) {
  const { t } = useTexts('care');
  const backUp = useCommand('data.backup');
  if (state === 'good') return null;
  if (
    ['backup.none', 'backup.none_here', 'backup.other', 'backup.old'].includes(code) &&
    backUp?.enabled !== false
  )
    return (
      <Button size="xs" variant="default" onClick={() => runCommand('data.backup')}>
        {backUp?.label}
      </Button>
    );
  if (['integrity', 'daily'].includes(id) && state === 'bad' && isLive()) return <RecoverButton />;
  if (['integrity', 'chain', 'head', 'backup', 'verified'].includes(id))
    return (
      <Button size="xs" variant="default" onClick={() => navigate({ kind: 'versions' })}>
        {t('deed.backups')}
      </Button>
    );
  if (id !== 'sandboxes') return null;
  return (
    <Button size="xs" variant="default" onClick={() => navigate({ kind: 'play' })}>
      {t('deed.play')}
    </Button>
  );
}

const tones = { good: 'ok', warn: 'warn', bad: 'bad' } as const;

function folderOf({ params }: Finding): string {
  const { folder } = params;
  return typeof folder === 'string' ? folder : '';
}

function Line({ finding }: { finding: Finding }) {
  const { t } = useTexts('care');
  const { state, code, params } = finding;
  // SQLite's message, for support.
  const problem = code === 'integrity.damaged' ? params['problem'] : undefined;
  const Icon = signs[state];
  return (
    <li className={`stack center gap-12 small px-12 py-4 ${styles.line}`}>
      <Icon size={17} stroke={1.6} className={tones[state]} aria-hidden />
      <h3 className="small medium">{findingName(finding)}</h3>
      <div className="breaks">
        <p>{findingText(finding)}</p>
        {problem !== undefined && (
          <details className="tiny dim">
            <summary className="tiny dim pointer">{t('common:details')}</summary>
            {typeof problem === 'object' ? reasonText(problem) : problem}
          </details>
        )}
      </div>
      <FindingAction finding={finding} />
      <span className={`tiny text-end ${state === 'good' ? 'dim' : `medium ${tones[state]}`} ${styles.word}`}>
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
      <p className={`large medium ${state === 'good' ? '' : tones[state]}`}>
        {state === 'good' ? t('state.good') : t(`state.${state}`, { count })}
      </p>
      <ul className="card" aria-label={t('findings')}>
        {inOrder(findings).map((finding) => (
          <Line key={`${finding.id} ${folderOf(finding)}`} finding={finding} />
        ))}
      </ul>
    </>
  );
}

/** Milliseconds between polls during background training. */
const pause = 2000;

function useIndexStatus() {
  return useQuery({
    queryKey: queryKeys.care('index'),
    queryFn: ({ signal }) => api.search.status({}, { signal }),
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.meaning?.state === 'training' ? pause : false),
  });
}

interface Training {
  running: { progress: Progress | null; stop: () => void } | null;
}

/** Training started by this window. It continues while other views are open. */
const useTraining = windowStore<Training>(() => ({ running: null }));

const indexChanged = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: queryKeys.care('index') });

async function train(): Promise<void> {
  if (useTraining.getState().running) return;
  const ending = new AbortController();
  const { signal } = ending;
  const stop = (): void => ending.abort();
  useTraining.setState({ running: { progress: null, stop } });
  try {
    const status = await follow(
      api.search.train({}, { signal }),
      (progress) => useTraining.setState({ running: { progress, stop } }),
      signal,
    );
    if (status.meaning?.state === 'ready') notice({ id: 'training', title: say('care:search.done') });
  } catch (error) {
    if (isCancelled(error)) notice({ id: 'training', title: say('care:search.stopped') });
    else reportError(error);
  } finally {
    useTraining.setState({ running: null });
    await indexChanged();
  }
}

async function clearIndex(): Promise<void> {
  try {
    await api.search.clear({});
  } catch (error) {
    reportError(error);
  }
  await indexChanged();
}

function wordsText({ records, passages, bytes, behind }: IndexStatus): string {
  if (records === null || behind === null) return say('care:search.notBuilt');
  return say('care:search.words', { records, passages, size: bytes === null ? '–' : bytesText(bytes) });
}

function meaningText({ state, texts, trained, model, problem }: MeaningStatus): string {
  if (problem !== null) return say('care:search.problem', { model, problem });
  return say(`care:search.${state}`, { texts, trained, model });
}

function SearchCare() {
  const { t } = useTexts('care');
  const { data: status, error, refetch } = useIndexStatus();
  const running = useTraining((state) => state.running);
  const refusal = whyNotLive();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const meaning = status?.meaning;
  const isWhole = meaning?.state === 'ready' && meaning.trained >= meaning.texts;
  return (
    <section aria-label={t('search.title')}>
      <h2>{t('search.title')}</h2>
      {status && <p>{wordsText(status)}</p>}
      {meaning && !running && <p>{meaningText(meaning)}</p>}
      {running && (
        <ProgressLine progress={running.progress} label={t('search.running')} onCancel={running.stop} />
      )}
      <p className="dim tiny">{t('search.hint')}</p>
      <div className="flex wrap gap-8 mt-8">
        {!isWhole && (
          <Button
            variant="default"
            disabled={refusal !== null || running !== null || meaning?.state === 'training'}
            title={refusal ?? undefined}
            onClick={() => void train()}
          >
            {t(meaning?.state === 'partial' ? 'search.continue' : 'search.train')}
          </Button>
        )}
        <Button
          variant="default"
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

function BackupsPlace({ health }: { health: Health }) {
  const { t } = useTexts('care');
  const choose = useCommand('care.place');
  const found = health.findings.find(({ id }) => id === 'place');
  if (!found) return null;
  const missing = found.state !== 'good';
  const usual = found.code === 'place.usual';
  const folder = folderOf(found);
  const back = (): void => {
    if (choose?.enabled === false) reportImpossible(t('place.back'), choose.why ?? '');
    else void placeBackups(true);
  };
  const Icon = missing ? IconAlertTriangle : IconFolder;
  return (
    <section aria-label={t('finding.place')}>
      <h2>{t('finding.place')}</h2>
      <p
        className={
          missing ? `stack top gap-8 small breaks marked care-warn` : `stack top gap-8 small breaks marked`
        }
        role={missing ? 'alert' : undefined}
      >
        <Icon size={17} stroke={1.6} aria-hidden />
        <span>{t(missing ? 'says.place.missing' : usual ? 'place.usual' : 'place.chosen', { folder })}</span>
      </p>
      <p className="dim tiny">{t('place.hint')}</p>
      <div className="flex wrap gap-8 mt-8">
        {missing && (
          <Button variant="default" onClick={() => void careChanged()}>
            {t('again')}
          </Button>
        )}
        <Button
          variant="default"
          {...disabledProps(choose, t('place.choose'))}
          onClick={() => runCommand('care.place')}
        >
          {t('place.choose')}
        </Button>
        {!usual && (
          <Button variant="default" {...disabledProps(choose, t('place.back'))} onClick={back}>
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
  const { running, whole } = useFullCheck();
  if (running)
    return <ProgressLine progress={running.progress} label={t('checking')} onCancel={running.stop} />;
  if (whole === null) return null;
  return (
    <p className="dim tiny" title={exactTime(whole)}>
      {t('lastFull', { when: timeAgo(whole) })}
    </p>
  );
}

function Actions() {
  const { t } = useTexts('care');
  const pack = useCommand('care.pack');
  const busy = useFullCheck(({ running }) => running !== null);
  return (
    <>
      <CommandButton id="go.jobs" />
      {pack && (
        <Button variant="default" {...disabledProps(pack)} onClick={() => runCommand(pack.id)}>
          {pack.label}
        </Button>
      )}
      <Button disabled={busy} onClick={() => void checkNow()}>
        {t('transfer:workspace.verify')}
      </Button>
    </>
  );
}

export default function CareView() {
  const { t } = useTexts('care');
  const past = whyNotNow();
  if (past === null) return <CareNow />;
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconHeartbeat} text={past}>
        <CommandButton primary id="past.back" />
      </EmptyState>
    </Page>
  );
}

function CareNow() {
  const { t } = useTexts('care');
  const { progress, ...query } = useHealth();
  const { data: health } = query;
  const stats = useStats();
  return (
    <Page title={t('title')} width="form" actions={<Actions />}>
      <section className="stack single gap-12" aria-label={t('findings')}>
        <FullCheck />
        <QueryView query={query} progress={progress}>
          {(found) => <FindingList health={found} />}
        </QueryView>
      </section>
      {health && <BackupsPlace health={health} />}
      <SearchCare />
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
