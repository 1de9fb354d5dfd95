import { Button, SegmentedControl } from '@mantine/core';
import { IconArchive, IconEraser, IconSchool, IconUserPlus, IconUserShield } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { administrationParts, listOf } from '#shared/address/view.ts';
import type { AdministrationView as View } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { commandsOf } from '../../commands/command.ts';
import type { Command } from '../../commands/command.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useCommands } from '../../commands/registry.ts';
import { go, useView, visit } from '../../stores/address.ts';
import { inPast, whyNotLive } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { isServerAdmin, useSync } from '../sync/state.ts';
import { backUpServer, vacuumServer } from './actions.ts';
import { Audit } from './Audit.tsx';
import { Backups } from './Backups.tsx';
import { People } from './People.tsx';
import { isUnderWay, useBackupStatus } from './queries.ts';
import { Server } from './Server.tsx';
import { Universities } from './Universities.tsx';
import { addPerson } from './UserForm.tsx';

const make = commandsOf('data', 'administration');

/** The commands of the open page. */
function useServerCommands(part: View['part']): readonly Command[] {
  const { t } = useTexts('administration');
  const [vacuuming, setVacuuming] = useState(false);
  const { data: status } = useBackupStatus(part === 'backups');
  const busy = isUnderWay(status?.job);
  return useMemo(
    () => [
      make('addPerson', `${t('form.add')}…`, { icon: IconUserPlus, run: addPerson }),
      make('universities', t('universities.edit'), {
        icon: IconSchool,
        run: () => visit(listOf('university')),
      }),
      make('backUp', t('backups:now'), { icon: IconArchive, enabled: !busy, run: backUpServer }),
      make('vacuum', t('server.vacuum'), {
        icon: IconEraser,
        enabled: !vacuuming,
        run: async () => {
          setVacuuming(true);
          await vacuumServer();
          setVacuuming(false);
        },
      }),
    ],
    [t, busy, vacuuming],
  );
}

function Actions({ part }: Pick<View, 'part'>) {
  const { t } = useTexts('administration');
  useCommands(useServerCommands(part));
  if (part === 'people') return <CommandButton primary id="administration.addPerson" />;
  if (part === 'universities') return <CommandButton primary id="administration.universities" />;
  if (part === 'backups') return <CommandButton primary id="administration.backUp" />;
  if (part === 'server') return <CommandButton id="administration.vacuum" title={t('server.vacuumHint')} />;
  return null;
}

const contents = {
  people: People,
  universities: Universities,
  server: Server,
  backups: Backups,
  audit: Audit,
} as const;

function Administration({ view }: { view: View }) {
  const { t } = useTexts('administration');
  const { part } = view;
  const Content = contents[part];
  return (
    <Page
      title={t('title')}
      width={part === 'server' ? 'form' : 'wide'}
      beside={
        <SegmentedControl
          size="xs"
          aria-label={t('title')}
          value={part}
          onChange={(next) => go({ ...view, part: next }, { replace: true })}
          data={administrationParts.map((value) => ({ value, label: t(`part.${value}`) }))}
        />
      }
      actions={<Actions part={part} />}
    >
      <Content />
    </Page>
  );
}

/** The server’s people, universities, health, backups and audit, for its admins. */
export default function AdministrationView() {
  const { t } = useTexts('administration');
  const view = useView();
  const status = useSync((sync) => sync.status);
  const elsewhere = whyNotLive();
  if (elsewhere !== null)
    return (
      <Page title={t('title')}>
        <EmptyState icon={IconUserShield} text={elsewhere}>
          <CommandButton primary id={inPast() ? 'past.back' : 'play.leave'} />
        </EmptyState>
      </Page>
    );
  if (!status)
    return (
      <Page title={t('title')}>
        <ProgressLine progress={null} label={t('title')} />
      </Page>
    );
  if (view.kind === 'administration' && isServerAdmin({ status })) return <Administration view={view} />;
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconUserShield} text={t(status.state === 'off' ? 'notJoined' : 'admins')}>
        <Button onClick={() => visit({ kind: 'sync' })}>{t('toSync')}</Button>
      </EmptyState>
    </Page>
  );
}
