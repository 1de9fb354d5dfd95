import { Button, SegmentedControl } from '@mantine/core';
import {
  IconArchive,
  IconEraser,
  IconSchool,
  IconUserPlus,
  IconUserShield,
  IconWebhook,
} from '@tabler/icons-react';
import { useState } from 'react';
import { administrationParts, listOf, listWithRecord } from '#shared/address/view.ts';
import type { AdministrationView as View } from '#shared/address/view.ts';
import type { User } from '#shared/contract/server/users.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { commandFactory } from '../../commands/command.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useCommands } from '../../commands/registry.ts';
import { navigate, useView, openView } from '../../stores/address.ts';
import { inPast, whyNotLive } from '../../stores/target.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { isServerAdmin, useSync } from '../sync/state.ts';
import { Audit } from './Audit.tsx';
import { Backups } from './Backups.tsx';
import { addHook } from './HookForm.tsx';
import { People } from './People.tsx';
import { isUnderWay, storeJob, useBackupStatus, useUsers } from './queries.ts';
import { Server } from './Server.tsx';
import { addPerson } from './UserForm.tsx';
import { api } from '../../api/client.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { Webhooks } from './Webhooks.tsx';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './administration.module.css';

function UniversityTable({ users }: { users: readonly User[] }) {
  const { t } = useTexts('administration');
  const names = useUniversityNames();
  const activeByUniversity = Map.groupBy(
    users.filter((user) => user.active),
    (user) => user.university_id,
  );
  const usersOf = (id: string | null): readonly User[] => activeByUniversity.get(id) ?? [];
  return (
    <DataTable
      rows={[...names.keys(), null]}
      keyOf={(id) => id ?? ''}
      label={t('part.universities')}
      className={`plain-table ${styles.narrow}`}
      columns={[
        {
          key: 'name',
          title: t('records:field.name'),
          kind: 'name',
          classOf: (id) => (id === null ? 'dim' : undefined),
          renderCell: (id) =>
            id === null ? (
              t('universities.without')
            ) : (
              <LinkButton onClick={() => navigate(listWithRecord('university', id))}>
                {names.get(id)}
              </LinkButton>
            ),
        },
        {
          key: 'people',
          title: t('universities.people'),
          kind: 'number',
          renderCell: (id) => usersOf(id).length,
        },
        {
          key: 'limited',
          title: t('universities.limited'),
          kind: 'number',
          renderCell: (id) => usersOf(id).filter(({ sees }) => sees === 'university').length,
        },
      ]}
    />
  );
}

function Universities() {
  const { t } = useTexts('administration');
  const query = useUsers();
  return (
    <QueryView query={query} label={t('common:asking')}>
      {({ users }) => (
        <>
          <p className="dim">{t('universities.what')}</p>
          <UniversityTable users={users} />
        </>
      )}
    </QueryView>
  );
}

async function backUpServer(): Promise<void> {
  try {
    storeJob(await api.administration.backUp({}));
  } catch (error) {
    reportError(error);
  }
}

async function vacuumServer(): Promise<void> {
  try {
    const { milliseconds } = await api.administration.vacuum({});
    notice({
      id: 'server-vacuum',
      title: say('administration:server.vacuumed', { ms: Math.max(1, Math.round(milliseconds)) }),
    });
    await queryClient.invalidateQueries(queryFor('administration.serverStatus', {}));
  } catch (error) {
    reportError(error);
  }
}

const adminCommand = commandFactory('data', 'administration');

function useServerCommands(part: View['part']): void {
  const { t } = useTexts('administration');
  const [isVacuuming, setVacuuming] = useState(false);
  const { data: status } = useBackupStatus(part === 'backups');
  const isBackupRunning = isUnderWay(status?.job);
  useCommands(
    () => [
      adminCommand('addPerson', `${t('form.add')}…`, { icon: IconUserPlus, run: addPerson }),
      adminCommand('addHook', `${t('hooks.add')}…`, { icon: IconWebhook, run: addHook }),
      adminCommand('universities', t('universities.edit'), {
        icon: IconSchool,
        run: () => openView(listOf('university')),
      }),
      adminCommand('backUp', t('backups:now'), {
        icon: IconArchive,
        enabled: !isBackupRunning,
        run: backUpServer,
      }),
      adminCommand('vacuum', t('server.vacuum'), {
        icon: IconEraser,
        enabled: !isVacuuming,
        run: async () => {
          setVacuuming(true);
          await vacuumServer();
          setVacuuming(false);
        },
      }),
    ],
    [t, isBackupRunning, isVacuuming],
  );
}

function PageActions({ part }: Pick<View, 'part'>) {
  const { t } = useTexts('administration');
  useServerCommands(part);
  if (part === 'people') return <CommandButton primary id="administration.addPerson" />;
  if (part === 'universities') return <CommandButton primary id="administration.universities" />;
  if (part === 'backups') return <CommandButton primary id="administration.backUp" />;
  if (part === 'webhooks') return <CommandButton primary id="administration.addHook" />;
  if (part === 'server') return <CommandButton id="administration.vacuum" title={t('server.vacuumHint')} />;
  return null;
}

const partComponents = {
  people: People,
  universities: Universities,
  server: Server,
  backups: Backups,
  webhooks: Webhooks,
  audit: Audit,
} as const;

function Administration({ view }: { view: View }) {
  const { t } = useTexts('administration');
  const { part } = view;
  const Content = partComponents[part];
  return (
    <Page
      title={t('title')}
      width={part === 'server' ? 'form' : 'wide'}
      titleNote={
        <SegmentedControl
          aria-label={t('title')}
          value={part}
          onChange={(newPart) => navigate({ ...view, part: newPart }, { replace: true })}
          data={administrationParts.map((value) => ({ value, label: t(`part.${value}`) }))}
        />
      }
      actions={<PageActions part={part} />}
    >
      <Content />
    </Page>
  );
}

export default function AdministrationView() {
  const { t } = useTexts('administration');
  const view = useView();
  const status = useSync((sync) => sync.status);
  const notLiveReason = whyNotLive();
  if (notLiveReason !== null)
    return (
      <Page title={t('title')}>
        <EmptyState icon={IconUserShield} text={notLiveReason}>
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
        <Button variant="filled" onClick={() => openView({ kind: 'sync' })}>
          {t('toSync')}
        </Button>
      </EmptyState>
    </Page>
  );
}
