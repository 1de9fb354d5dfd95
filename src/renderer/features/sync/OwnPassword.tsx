import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { password as passwordForm } from '#shared/contract/server/users.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { describeError, faultData } from '../../text/faults.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { notice } from '../../ui/notices.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import styles from './sync.module.css';

/** Asks the signed-in user for a new password. */
export function changePassword(): void {
  openDialog({ title: say('sync:password.yes'), size: 420 }, (close) => <OwnPassword onDone={close} />);
}

const isCurrentWrong = (error: unknown): boolean =>
  faultData(error, 'INVALID')?.issues.some(({ path }) => path === 'current') === true;

function OwnPassword({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('sync');
  const [values, setValues] = useState({ current: '', password: '' });
  const [wrong, setWrong] = useState<'current' | 'password' | null>(null);
  const { saving, failure, onSubmit, onEdit } = useSubmit(
    async () => {
      if (!passwordForm.safeParse(values.password).success) return setWrong('password');
      try {
        await api.sync.changePassword(values);
      } catch (error) {
        if (!isCurrentWrong(error)) throw error;
        return setWrong('current');
      }
      onDone();
      notice({ id: 'sync-password', title: t('done.password') });
    },
    (error) => {
      const { title, action } = describeError(error);
      return `${title}. ${action}`;
    },
  );
  const field = (name: 'current' | 'password') => ({
    name,
    label: t(`password.${name}`),
    value: values[name],
    error: wrong === name ? t(name === 'current' ? 'password.wrong' : 'form.passwordRule') : undefined,
    visibilityToggleButtonProps: { 'aria-label': t('common:reveal') },
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      setValues((before) => ({ ...before, [name]: value }));
      setWrong(null);
      onEdit();
    },
  });
  return (
    <form className={`stack single gap-16 ${styles.dialog}`} noValidate onSubmit={onSubmit}>
      <PasswordInput data-autofocus {...field('current')} autoComplete="current-password" />
      <PasswordInput {...field('password')} description={t('password.hint')} autoComplete="new-password" />
      <FormEnd
        failure={failure}
        save={t('password.yes')}
        saving={saving}
        blocked={values.current === '' || values.password === ''}
        onCancel={onDone}
      />
    </form>
  );
}
