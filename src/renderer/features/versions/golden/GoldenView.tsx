import { IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useGoldenStatus, useGoldenVersions } from '../../../stores/golden.ts';
import { inPast, isLive } from '../../../stores/target.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Page } from '../../../ui/Page.tsx';
import { GoldenState } from './GoldenState.tsx';
import { VersionRow } from './VersionRow.tsx';
import '../../../ui/copies.css';
import './golden.css';

/** Golden versions: pristine states of the records, how live stands to them, and what can be done with each. */
export default function GoldenView() {
  const { t } = useTranslation('golden');
  const { data: status, error: failed, refetch: again } = useGoldenStatus();
  const { data: versions, error, refetch } = useGoldenVersions();
  if (!isLive())
    return (
      <Page title={t('title')}>
        <EmptyState icon={IconStack2} text={t(inPast() ? 'inPast' : 'inPlay')}>
          <CommandButton primary id={inPast() ? 'past.back' : 'play.leave'} />
        </EmptyState>
      </Page>
    );
  if (error ?? failed)
    return (
      <Page title={t('title')}>
        <ErrorState error={error ?? failed} onRetry={() => void Promise.all([refetch(), again()])} />
      </Page>
    );
  const none = versions?.length === 0;
  return (
    <Page
      title={t('title')}
      width="wide"
      actions={
        <>
          <CommandButton id="golden.reset" />
          <CommandButton primary id="golden.publish" />
        </>
      }
    >
      <section className="copy-all golden-all">
        <p className="dim golden-what">{t('what')}</p>
        {status && <GoldenState status={status} />}
        {none ? (
          <EmptyState icon={IconStack2} text={t('empty')} />
        ) : (
          <ul className="copy-list" aria-label={t('title')}>
            {versions?.map((version) => (
              <VersionRow key={version.version} version={version} />
            ))}
          </ul>
        )}
        <div className="golden-more">
          <CommandButton id="golden.check" />
        </div>
      </section>
    </Page>
  );
}
