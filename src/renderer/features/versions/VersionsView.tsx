import '../../ui/copies.css';
import { Button, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Backup } from '#shared/contract/backups.ts';
import type { GoldenVersion } from '#shared/contract/golden.ts';
import type { Checkpoint } from '#shared/contract/moments.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { navigate } from '../../stores/address.ts';
import { isFolderMissing, useBackupFindings, useBackups } from '../../stores/backups.ts';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import { useGoldenStatus, useGoldenVersions } from '../../stores/golden.ts';
import { isLive } from '../../stores/target.ts';
import { faultData } from '../../text/faults.ts';
import { pathText } from '../../text/path.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { BackupRow } from './BackupRow.tsx';
import { ContentsChoice } from './ContentsChoice.tsx';
import { GoldenRow } from './golden/GoldenRow.tsx';
import { GoldenState } from './golden/GoldenState.tsx';
import { useMe } from '../../stores/profile.ts';
import { authorName } from '../../text/author-name.ts';
import { When } from '../../ui/When.tsx';
import { switchToPoint } from '../workspace/switch-target.ts';
import styles from './backups.module.css';
import { RowButton } from '../../ui/RowButton.tsx';

/** One checkpoint, which can be opened and compared with now. */
function CheckpointRow({ checkpoint }: { checkpoint: Checkpoint }) {
  const { t } = useTexts('backups');
  const me = useMe()?.id;
  const { id, name, at, created_at, by, lost } = checkpoint;
  return (
    <li className="row gap-12 line-below copy-row">
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3 className="cut">{name}</h3>
        <span className="row wrap gap-2-8">
          <span className="pill pill-plain">{t('show.one')}</span>
        </span>
        <p className="dim">
          <When at={created_at} />
          {' · '}
          {t('history:detail.by', { who: authorName(by, me) })}
        </p>
      </div>
      <RowButton
        label={t('play:compare')}
        named={t('show.compareNamed', { name })}
        disabled={lost}
        onClick={() => navigate({ kind: 'moments', from: id, to: 'now' })}
      />
      <RowButton
        label={t('past:link.open')}
        named={t('show.lookNamed', { name })}
        disabled={lost}
        onClick={() => void switchToPoint(at)}
      />
    </li>
  );
}

/** Reports an unavailable folder of backups instead of an empty list. */
function NoBackupFolder({ onRetry }: { onRetry: () => void }) {
  const { t } = useTexts('backups');
  const { data: findings } = useBackupFindings();
  const folder = findings?.find(isFolderMissing)?.params['folder'];
  const path = typeof folder === 'string' ? folder : undefined;
  const text =
    path === undefined
      ? t('care:warn.place.missing')
      : t('care:says.place.missing', { folder: pathText(path) });
  return (
    <EmptyState icon={IconAlertTriangle} text={text} fullText={path}>
      <div className="flex wrap middle gap-8">
        <Button onClick={onRetry}>{t('common:retry')}</Button>
        <Button onClick={() => navigate({ kind: 'care' })}>{t('care:warn.open')}</Button>
      </div>
    </EmptyState>
  );
}

type Version =
  | { kind: 'backup'; made: string | null; item: Backup }
  | { kind: 'golden'; made: string | null; item: GoldenVersion }
  | { kind: 'checkpoint'; made: string | null; item: Checkpoint };

/** All versions, newest first; versions without a date and the shipped version come last. */
function sortVersions(
  backups: readonly Backup[],
  golden: readonly GoldenVersion[],
  checkpoints: readonly Checkpoint[],
): Version[] {
  const all: Version[] = [
    ...backups.map((item) => ({ kind: 'backup' as const, made: item.made, item })),
    ...golden.map((item) => ({
      kind: 'golden' as const,
      made: item.shipped === null ? item.made : null,
      item,
    })),
    ...checkpoints.map((item) => ({ kind: 'checkpoint' as const, made: item.created_at, item })),
  ];
  return all.toSorted((a, b) => (b.made ?? '').localeCompare(a.made ?? ''));
}

const versionKey = ({ kind, item }: Version): string =>
  `${kind} ${kind === 'golden' ? item.version : item.id}`;

function VersionRow({ version }: { version: Version }) {
  if (version.kind === 'backup') return <BackupRow backup={version.item} />;
  if (version.kind === 'golden') return <GoldenRow version={version.item} />;
  return <CheckpointRow checkpoint={version.item} />;
}

const filterKinds = ['all', 'backup', 'golden', 'checkpoint'] as const;

/** Backups, golden versions and checkpoints, with their contents, state and actions. */
export default function VersionsView() {
  const { t } = useTexts('backups');
  const [shownKind, setShownKind] = useState<(typeof filterKinds)[number]>('all');
  const backups = useBackups();
  const golden = useGoldenVersions();
  const status = useGoldenStatus();
  const checkpoints = useCheckpoints();
  const hasNoFolder = faultData(backups.error, 'WORKSPACE')?.reason === 'no_backups_place';
  const error = (hasNoFolder ? null : backups.error) ?? (isLive() ? (golden.error ?? status.error) : null);
  const retry = (): void => void Promise.all([backups.refetch(), golden.refetch(), status.refetch()]);
  if (error)
    return (
      <Page title={t('title')}>
        <ErrorState error={error} onRetry={retry} />
      </Page>
    );
  // Golden versions and checkpoints exist only in live.
  const versions = sortVersions(
    backups.data ?? [],
    (isLive() && golden.data) || [],
    (isLive() && checkpoints.data) || [],
  );
  const shownVersions = versions.filter(({ kind }) => shownKind === 'all' || kind === shownKind);
  return (
    <Page
      title={t('title')}
      width="wide"
      actions={
        <>
          <CommandButton id="golden.publish" />
          <CommandButton primary id="data.backup" />
        </>
      }
    >
      <section className="stack gap-12">
        <p className="dim">{t('what')}</p>
        {status.data && <GoldenState status={status.data} />}
        {!isLive() && <p className="dim">{t('ofLive')}</p>}
        <div className="row wrap gap-8-16">
          <SegmentedControl
            aria-label={t('show.label')}
            value={shownKind}
            onChange={setShownKind}
            data={filterKinds.map((kind) => ({ value: kind, label: t(`show.${kind}`) }))}
          />
          <ContentsChoice />
        </div>
        {hasNoFolder && <NoBackupFolder onRetry={retry} />}
        {backups.data?.length === 0 && shownKind !== 'golden' && shownKind !== 'checkpoint' && (
          <p className="dim">{t('empty')}</p>
        )}
        <ul className="stack single line-above" aria-label={t('title')}>
          {shownVersions.map((version) => (
            <VersionRow key={versionKey(version)} version={version} />
          ))}
        </ul>
        <div className="flex wrap gap-8">
          <CommandButton id="data.takeBackup" />
          <CommandButton id="data.prune" />
          <CommandButton id="golden.reset" />
          <CommandButton id="golden.check" />
        </div>
      </section>
    </Page>
  );
}
