import {
  IconCloudSearch,
  IconCloudUp,
  IconDevices,
  IconKey,
  IconLogout,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
  IconRefresh,
  IconTool,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { PasswordInput } from '@mantine/core';
import { password as passwordForm } from '#shared/contract/server/users.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { openView } from '../../stores/address.ts';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { compareNow, leaveServer, setPaused, repairNow, signOut, syncNow } from './actions.ts';
import { showSessions } from './Sessions.tsx';
import { announceOpenRecord, useSync, watchSync } from './state.ts';
import { api } from '../../api/client.ts';
import { faultData } from '../../text/faults.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { notice } from '../../ui/notices.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import styles from './sync.module.css';
import { adviceText } from '../../text/refusal.ts';

/** Asks the signed-in user for a new password. */
function changePassword(): void {
  openDialog({ title: say('sync:password.yes'), size: 420 }, (close) => <OwnPassword onDone={close} />);
}

const isWrongPassword = (error: unknown): boolean =>
  faultData(error, 'INVALID')?.issues.some(({ path }) => path === 'current') === true;

function OwnPassword({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('sync');
  const [values, setValues] = useState({ current: '', password: '' });
  const [wrongField, setWrongField] = useState<'current' | 'password' | null>(null);
  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    if (!passwordForm.safeParse(values.password).success) return setWrongField('password');
    try {
      await api.sync.changePassword(values);
    } catch (error) {
      if (!isWrongPassword(error)) throw error;
      return setWrongField('current');
    }
    onDone();
    notice({ id: 'sync-password', title: t('done.password') });
  }, adviceText);
  const fieldProps = (name: 'current' | 'password') => ({
    name,
    label: t(`password.${name}`),
    value: values[name],
    error: wrongField === name ? t(name === 'current' ? 'password.wrong' : 'form.passwordRule') : undefined,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      setValues((previous) => ({ ...previous, [name]: value }));
      setWrongField(null);
      onEdit();
    },
  });
  return (
    <form className={`stack single gap-16 dialog-form ${styles.dialog}`} noValidate onSubmit={onSubmit}>
      <PasswordInput data-autofocus {...fieldProps('current')} autoComplete="current-password" />
      <PasswordInput
        {...fieldProps('password')}
        description={t('password.hint')}
        autoComplete="new-password"
      />
      <FormButtons
        failure={failure}
        saveLabel={t('password.yes')}
        saving={saving}
        blocked={values.current === '' || values.password === ''}
        onCancel={onDone}
      />
    </form>
  );
}

const syncCommand = commandFactory('data', 'sync');

function useSyncCommands(): void {
  const { t } = useTexts('sync');
  const status = useSync((sync) => sync.status);
  const isBusy = useSync((sync) => sync.work !== null);
  const readOnlyReason = useReadOnlyReason();
  useCommands(() => {
    if (!status?.server)
      return [
        syncCommand('join', `${t('join.yes')}…`, {
          icon: IconCloudUp,
          run: () => openView({ kind: 'sync' }),
        }),
      ];
    const { state, server } = status;
    const refusal = readOnlyReason ?? (state === 'signed_out' ? t('faults:sync.signed_out.action') : null);
    const isPaused = state === 'paused';
    const onSyncPage =
      (action: () => unknown): Command['run'] =>
      () => {
        openView({ kind: 'sync' });
        return action();
      };
    return [
      syncCommand('now', t('now'), {
        icon: IconRefresh,
        ...enabledUnless(
          refusal ?? (state === 'diverged' ? t('faults:sync.other_history.action') : null),
          !isBusy,
        ),
        run: syncNow,
      }),
      syncCommand('pause', t(isPaused ? 'resume' : 'pause'), {
        icon: isPaused ? IconPlayerPlay : IconPlayerPause,
        ...enabledUnless(refusal),
        run: () => setPaused(!isPaused),
      }),
      syncCommand('compare', t('compare'), {
        icon: IconCloudSearch,
        ...enabledUnless(refusal, !isBusy),
        run: onSyncPage(compareNow),
      }),
      syncCommand('repair', `${t('repair.yes')}…`, {
        icon: IconTool,
        ...enabledUnless(refusal, !isBusy),
        run: repairNow,
      }),
      syncCommand('sessions', `${t('administration:server.sessions')}…`, {
        icon: IconDevices,
        ...enabledUnless(refusal),
        run: () => showSessions(server.user),
      }),
      ...(server.by_university
        ? []
        : [
            syncCommand('password', `${t('password.yes')}…`, {
              icon: IconKey,
              ...enabledUnless(refusal),
              run: changePassword,
            }),
          ]),
      syncCommand('signOut', t('signOut'), {
        icon: IconLogout,
        ...enabledUnless(refusal),
        run: signOut,
      }),
      syncCommand('leave', `${t('leave.yes')}…`, {
        icon: IconPlugConnectedX,
        ...enabledUnless(readOnlyReason, !isBusy),
        run: () => leaveServer(status),
      }),
    ];
  }, [t, status, isBusy, readOnlyReason]);
}

/** Watches the status of sync and registers its commands. Works only in live, because only live is shared. */
export default function SyncHost() {
  useSyncCommands();
  useEffect(watchSync, []);
  useEffect(announceOpenRecord, []);
  return null;
}
