import { Button } from '@mantine/core';
import { IconHeartbeat } from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { greyed } from '../../commands/greyed.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { whyNotNow } from '../../stores/target.ts';
import { ago, exact } from '../../text/time.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Retention } from '../people/Retention.tsx';
import { BackupsPlace } from './BackupsPlace.tsx';
import { FindingList } from './FindingList.tsx';
import { SearchCare } from './SearchCare.tsx';
import { Sizes, Tables } from './Sizes.tsx';
import { checkNow, useFullCheck, useHealth, useStats } from './useCare.ts';

/** The progress of the full check with a stop button; otherwise the time of the last one. */
function FullCheck() {
  const { t } = useTexts('care');
  const { running, whole } = useFullCheck();
  if (running)
    return <ProgressLine progress={running.progress} label={t('checking')} onCancel={running.stop} />;
  if (whole === null) return null;
  return (
    <p className="dim tiny" title={exact(whole)}>
      {t('lastFull', { when: ago(whole) })}
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
        <Button variant="default" {...greyed(pack)} onClick={() => run(pack.id)}>
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
