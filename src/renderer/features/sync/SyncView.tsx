import { IconCloud } from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { inPast, whyNotLive } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Join } from './Join.tsx';
import { Lists } from './Lists.tsx';
import { Overview } from './Overview.tsx';
import { useSync } from './state.ts';

function Actions() {
  const state = useSync((sync) => sync.status?.state);
  if (state === undefined || state === 'off') return null;
  return (
    <>
      <CommandButton id="sync.pause" />
      <CommandButton id="sync.now" primary={state !== 'signed_out' && state !== 'diverged'} />
    </>
  );
}

function Now() {
  const { t } = useTexts('sync');
  const status = useSync((sync) => sync.status);
  if (!status) return <ProgressLine progress={null} label={t('title')} />;
  if (status.state === 'off') return <Join />;
  return (
    <>
      <Overview status={status} />
      <Lists status={status} />
    </>
  );
}

/** The Sync page: the status and lists of a shared workspace, or the form to join a server. */
export default function SyncView() {
  const { t } = useTexts('sync');
  const elsewhere = whyNotLive();
  if (elsewhere === null)
    return (
      <Page title={t('title')} width="form" actions={<Actions />}>
        <Now />
      </Page>
    );
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconCloud} text={elsewhere}>
        <CommandButton primary id={inPast() ? 'past.back' : 'play.leave'} />
      </EmptyState>
    </Page>
  );
}
