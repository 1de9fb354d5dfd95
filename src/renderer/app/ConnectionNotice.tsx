import { Button } from '@mantine/core';
import { useEffect, useState, useRef } from 'react';
import { useTexts } from '../i18n/setup.ts';
import type { Connection } from '../api/connection.ts';
import { shell } from '../api/shell.ts';
import { queryKeys, queryClient } from '../stores/queries.ts';
import { reportError } from '../ui/notices.tsx';
import type { Profile } from '#shared/contract/workspace.ts';
import { actorStore } from '../api/actor.ts';
import { continueAs } from '../stores/profile.ts';
import { createPortal } from 'react-dom';
import { connectionStore } from '../api/connection.ts';
import { isLive } from '../stores/target.ts';
import { useOverlay } from '../ui/overlay.ts';
import { Recovery } from './Recovery.tsx';
import { Salvage } from './Salvage.tsx';
import {
  RecoverySection,
  SupportCopy,
  AcceptFile,
  lacksChanges,
  FailureReason,
  RecoveryProfile,
} from './recovery-parts.tsx';
import { roleName } from '../text/names.ts';
import styles from './missing.module.css';

/** Names the workspace by its name, by its folder, or by both if they differ. */
export function WorkspaceName({ folder, people }: NonNullable<Connection['failure']>) {
  const { t } = useTexts('frame');
  const cachedName = queryClient.getQueryData<{ name: string }>(queryKeys.info)?.name;
  const name = people?.name ?? cachedName;
  const shownName = name ?? folder;
  useEffect(() => {
    // A workspace that was open before has set the title already.
    if (shownName !== undefined && document.title === t('common:app'))
      document.title = `${shownName} – ${t('common:app')}`;
  }, [shownName, t]);
  if (shownName === undefined) return null;
  const nameText = (): string => {
    if (folder === undefined || folder === name) return t('frame:gone.workspace', { name: shownName });
    return name === undefined ? t('frame:gone.folder', { folder }) : t('frame:gone.both', { name, folder });
  };
  return (
    <div className={`row wrap ${styles.which}`}>
      <p className="dim">{nameText()}</p>
      {folder !== undefined && (
        <Button size="xs" variant="subtle" onClick={() => void shell.workspace.reveal({}).catch(reportError)}>
          {t('frame:gone.reveal')}
        </Button>
      )}
    </div>
  );
}

/** Profiles to choose from after the window's own profile was refused. */
export function ActorChoice() {
  const { t } = useTexts('profiles');
  const profileChooser = actorStore((state) => state.profileChooser);
  const [profiles, setProfiles] = useState<readonly Profile[]>([]);
  useEffect(() => {
    profileChooser?.listProfiles().then(setProfiles, reportError);
  }, [profileChooser]);
  if (profiles.length === 0) return null;
  return (
    <fieldset className={`flex wrap scroll gap-8 ${styles.choice}`}>
      <legend>{t('refused.choose')}</legend>
      {profiles.map(({ id, name, role }) => (
        <Button key={id} onClick={() => void continueAs(id).catch(reportError)}>
          {t('form.act', { name })} ({roleName(role)})
        </Button>
      ))}
    </fieldset>
  );
}

/** Whether the file is missing, corrupt or outdated, so that the person can replace it by a backup. */
const isReplaceable = (reason: string): boolean =>
  ['lost', 'empty', 'foreign', 'damaged', 'strange_log'].includes(reason) || lacksChanges(reason);

function RecoveryOptions({ failure }: { failure: NonNullable<Connection['failure']> }) {
  const { t } = useTexts('frame');
  const { backups, absent, people, backupsRefused, salvage, salvageRefused } = failure;
  // Salvage is reported after the profiles; if the process ended in between, the profiles stay unknown.
  const areProfilesKnown = people !== undefined || salvage !== undefined || salvageRefused !== undefined;
  const isOtherWorkspace = salvage?.another === true;
  return (
    <RecoveryProfile people={people} isKnown={areProfilesKnown}>
      <Recovery backups={backups ?? []} absent={absent} refused={backupsRefused} salvage={salvage} />
      <RecoverySection title={t('salvage.title')}>
        {lacksChanges(failure.reason) && !salvage?.older && (
          <p className="dim">{t(isOtherWorkspace ? 'salvage.another' : 'salvage.older')}</p>
        )}
        <Salvage report={salvage} refused={salvageRefused} />
      </RecoverySection>
      {lacksChanges(failure.reason) && <AcceptFile isOtherWorkspace={isOtherWorkspace} />}
      <RecoverySection title={t('support.title')}>
        <SupportCopy />
      </RecoverySection>
    </RecoveryProfile>
  );
}

/**
 * Shown if the connection cannot recover by itself: the shell gave up on the data process, or a new data process refused the profile.
 * Shows the reason and offers what the person can do.
 */
export function ConnectionNotice() {
  const { t } = useTexts('frame');
  const failure = connectionStore((state) => state.failure);
  const overlay = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useOverlay(failure !== null, overlay, box);
  if (!failure) return null;
  const isProfileRefused = failure.reason === 'profile';
  const hasBackups = isReplaceable(failure.reason) && (failure.backups?.length ?? 0) > 0;
  const title = isProfileRefused ? t('profiles:refused.title') : t('frame:gone.title');
  return createPortal(
    <div
      ref={overlay}
      className="centered inset gone"
      data-leavable
      role="alertdialog"
      aria-modal="true"
      aria-label={title}
    >
      <div ref={box} className="card stack start scroll gap-12 on-bg gone-box" tabIndex={-1} data-focus-home>
        <h2>{title}</h2>
        <WorkspaceName {...failure} />
        {isProfileRefused ? <p>{t('profiles:refused.why')}</p> : <FailureReason {...failure} />}
        <p>{isProfileRefused ? t('profiles:refused.safe') : t('frame:gone.safe')}</p>
        {isProfileRefused && <ActorChoice />}
        {failure.backups !== undefined && isReplaceable(failure.reason) && isLive() && (
          <RecoveryOptions failure={failure} />
        )}
        {!isLive() && (
          <Button onClick={() => void shell.workspace.turn({ sandbox: null }).catch(reportError)}>
            {t('play:leave')}
          </Button>
        )}
        <Button
          variant={isProfileRefused || hasBackups ? 'subtle' : 'filled'}
          onClick={() => void shell.data.restart({}).catch(reportError)}
        >
          {t('common:retry')}
        </Button>
      </div>
    </div>,
    document.body,
  );
}
