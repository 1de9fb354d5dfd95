import { Button } from '@mantine/core';
import { useEffect, useState, useRef } from 'react';
import { useTexts } from '../i18n/setup.ts';
import type { Connection } from '../api/connection.ts';
import { shell } from '../api/shell.ts';
import { queryKeys, queryClient } from '../stores/queries.ts';
import { reportError } from '../ui/notices.tsx';
import type { Profile } from '#shared/contract/workspace.ts';
import { actorStore } from '../api/actor.ts';
import { goOnAs } from '../stores/profile.ts';
import { createPortal } from 'react-dom';
import { connectionStore } from '../api/connection.ts';
import { isLive } from '../stores/target.ts';
import { useOver } from '../ui/over.ts';
import { Recovery } from './Recovery.tsx';
import { Salvage } from './Salvage.tsx';
import { SupportCopy, AcceptFile, lacksChanges, Why, RecoverAs } from './recovering.tsx';
import { roleName } from '../text/names.ts';
import styles from './missing.module.css';

export function WhichWorkspace({ folder, people }: NonNullable<Connection['failure']>) {
  const { t } = useTexts('frame');
  const before = queryClient.getQueryData<{ name: string }>(queryKeys.info)?.name;
  const name = people?.name ?? before;
  const called = name ?? folder;
  useEffect(() => {
    // A workspace that was open before has set the title already.
    if (called !== undefined && document.title === t('common:app'))
      document.title = `${called} – ${t('common:app')}`;
  }, [called, t]);
  if (called === undefined) return null;
  return (
    <div className={`row wrap ${styles.which}`}>
      <p className="dim">
        {folder === undefined || folder === name
          ? t('frame:gone.workspace', { name: called })
          : name === undefined
            ? t('frame:gone.folder', { folder })
            : t('frame:gone.both', { name, folder })}
      </p>
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
  const door = actorStore((state) => state.door);
  const [profiles, setProfiles] = useState<readonly Profile[]>([]);
  useEffect(() => {
    door?.profiles().then(setProfiles, reportError);
  }, [door]);
  if (profiles.length === 0) return null;
  return (
    <fieldset className={`flex wrap scroll gap-8 ${styles.choice}`}>
      <legend>{t('refused.choose')}</legend>
      {profiles.map(({ id, name, role }) => (
        <Button key={id} variant="default" onClick={() => void goOnAs(id).catch(reportError)}>
          {t('form.act', { name })} ({roleName(role)})
        </Button>
      ))}
    </fieldset>
  );
}

/** Whether the file is missing, corrupt or outdated, so that a backup can replace it. */
const isLost = (reason: string): boolean =>
  ['lost', 'empty', 'foreign', 'damaged', 'strange_log'].includes(reason) || lacksChanges(reason);

function Ways({ failure }: { failure: NonNullable<Connection['failure']> }) {
  const { t } = useTexts('frame');
  const { backups, absent, people, backupsRefused, salvage, salvageRefused } = failure;
  // Salvage is reported after the profiles; if the process ended in between, the profiles stay unknown.
  const known = people !== undefined || salvage !== undefined || salvageRefused !== undefined;
  const another = salvage?.another === true;
  return (
    <RecoverAs people={people} known={known}>
      <Recovery backups={backups ?? []} absent={absent} refused={backupsRefused} salvage={salvage} />
      <section
        className={`stack start gap-8 line-above full pt-12 ${styles.recovery}`}
        aria-label={t('salvage.title')}
      >
        <h3>{t('salvage.title')}</h3>
        {lacksChanges(failure.reason) && !salvage?.older && (
          <p className="dim">{t(another ? 'salvage.another' : 'salvage.older')}</p>
        )}
        <Salvage report={salvage} refused={salvageRefused} />
      </section>
      {lacksChanges(failure.reason) && <AcceptFile another={another} />}
      <section
        className={`stack start gap-8 line-above full pt-12 ${styles.recovery}`}
        aria-label={t('support.title')}
      >
        <h3>{t('support.title')}</h3>
        <SupportCopy />
      </section>
    </RecoverAs>
  );
}

/**
 * Shown only if nothing recovers by itself: the shell gave up on the data process, or a new one refused the profile.
 * Says why and offers the ways to go on.
 */
export function ConnectionNotice() {
  const { t } = useTexts('frame');
  const failure = connectionStore((state) => state.failure);
  const over = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useOver(failure !== null, over, box);
  if (!failure) return null;
  const refused = failure.reason === 'profile';
  const offers = isLost(failure.reason) && (failure.backups?.length ?? 0) > 0;
  const title = refused ? t('profiles:refused.title') : t('frame:gone.title');
  return createPortal(
    <div
      ref={over}
      className="centered inset gone"
      data-leavable
      role="alertdialog"
      aria-modal="true"
      aria-label={title}
    >
      <div ref={box} className="card stack start scroll gap-12 on-bg gone-box" tabIndex={-1} data-focus-home>
        <h2>{title}</h2>
        <WhichWorkspace {...failure} />
        {refused ? <p>{t('profiles:refused.why')}</p> : <Why {...failure} />}
        <p>{refused ? t('profiles:refused.safe') : t('frame:gone.safe')}</p>
        {refused && <ActorChoice />}
        {failure.backups !== undefined && isLost(failure.reason) && isLive() && <Ways failure={failure} />}
        {!isLive() && (
          <Button
            variant="default"
            onClick={() => void shell.workspace.turn({ sandbox: null }).catch(reportError)}
          >
            {t('play:leave')}
          </Button>
        )}
        <Button
          variant={refused || offers ? 'subtle' : 'filled'}
          onClick={() => void shell.data.restart({}).catch(reportError)}
        >
          {t('common:retry')}
        </Button>
      </div>
    </div>,
    document.body,
  );
}
