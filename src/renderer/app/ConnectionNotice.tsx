import { Button } from '@mantine/core';
import { useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection.ts';
import type { Connection } from '../api/connection.ts';
import { shell } from '../api/shell.ts';
import { isLive } from '../stores/target.ts';
import { report } from '../ui/notices.tsx';
import { useOver } from '../ui/over.ts';
import { Recovery } from './Recovery.tsx';
import { Salvage } from './Salvage.tsx';
import { SupportCopy } from './SupportCopy.tsx';
import { AcceptFile, lacksChanges, Why } from './AcceptFile.tsx';
import { RecoverAs } from './recovering.tsx';
import { SetLogAside } from './SetLogAside.tsx';
import { WhichWorkspace } from './WhichWorkspace.tsx';
import { ActorChoice } from './ActorChoice.tsx';
import './gone.css';

/** Whether it is the file itself that is gone, damaged or an older one, so that a backup can take its place. */
const isLost = (reason: string): boolean =>
  ['lost', 'empty', 'foreign', 'damaged', 'strange_log'].includes(reason) || lacksChanges(reason);

/** What can be done where the file is lost, the best first. */
function Ways({ failure }: { failure: NonNullable<Connection['failure']> }) {
  const { t } = useTranslation('frame');
  const { backups, absent, people, backupsRefused, salvage, salvageRefused } = failure;
  // What comes after it is known too; where its process ended meanwhile nobody will know it.
  const known = people !== undefined || salvage !== undefined || salvageRefused !== undefined;
  const another = salvage?.another === true;
  return (
    <RecoverAs people={people} known={known}>
      {failure.reason === 'strange_log' && <SetLogAside />}
      <Recovery backups={backups ?? []} absent={absent} refused={backupsRefused} salvage={salvage} />
      <section className="recovery" aria-label={t('salvage.title')}>
        <h3>{t('salvage.title')}</h3>
        {lacksChanges(failure.reason) && !salvage?.older && (
          <p className="dim">{t(another ? 'salvage.another' : 'salvage.older')}</p>
        )}
        <Salvage report={salvage} refused={salvageRefused} />
      </section>
      {lacksChanges(failure.reason) && <AcceptFile another={another} />}
      <section className="recovery" aria-label={t('support.title')}>
        <h3>{t('support.title')}</h3>
        <SupportCopy />
      </section>
    </RecoverAs>
  );
}

/**
 * Shown only when nothing goes on by itself: the shell gave up on the data process, or a new one did not accept who acts here.
 * It says why, and offers the way on.
 */
export function ConnectionNotice() {
  const { t } = useTranslation(['frame', 'profiles', 'common']);
  const failure = connection((state) => state.failure);
  const over = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useOver(failure !== null, over, box);
  if (!failure) return null;
  const refused = failure.reason === 'profile';
  const offers = isLost(failure.reason) && (failure.backups?.length ?? 0) > 0;
  const title = refused ? t('profiles:refused.title') : t('frame:gone.title');
  return createPortal(
    <div ref={over} className="gone" data-leavable role="alertdialog" aria-modal="true" aria-label={title}>
      <div ref={box} className="gone-box" tabIndex={-1} data-focus-home>
        <h2>{title}</h2>
        <WhichWorkspace {...failure} />
        {refused ? <p>{t('profiles:refused.why')}</p> : <Why {...failure} />}
        <p>{refused ? t('profiles:refused.safe') : t('frame:gone.safe')}</p>
        {refused && <ActorChoice />}
        {failure.backups !== undefined && isLost(failure.reason) && isLive() && <Ways failure={failure} />}
        {!isLive() && (
          <Button
            variant="default"
            onClick={() => void shell.workspace.turn({ sandbox: null }).catch(report)}
          >
            {t('frame:gone.toLive')}
          </Button>
        )}
        <Button
          variant={refused || offers ? 'subtle' : 'filled'}
          onClick={() => void shell.data.restart({}).catch(report)}
        >
          {t('common:retry')}
        </Button>
      </div>
    </div>,
    document.body,
  );
}
