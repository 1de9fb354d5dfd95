import { PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { reportErrors } from '../../../ui/notices.tsx';
import { useSubmit } from '../../../ui/useSubmit.ts';

const formWidth = 480;

/** Asks for the sign-in of the server at this address. */
export function signIn({ id }: EntityRecord, url: string): void {
  const title = say('code:signIn.title', { host: URL.parse(url)?.host ?? url });
  openDialog({ title, size: formWidth }, (close) => <SignInForm repository={id} onDone={close} />);
}

function SignInForm({ repository, onDone }: { repository: string; onDone: () => void }) {
  const { t } = useTexts('code');
  const [user, setUser] = useState('');
  const [token, setToken] = useState('');
  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    await api.maps.connect({ repository, sign_in: { user: user.trim(), token } });
    onDone();
  });
  const { data: state } = useQuery({
    ...queryFor('maps.readSignIn', { repository }),
    // The keyring tells nobody what changed.
    refetchOnMount: 'always',
  });
  const forget = (): Promise<void> =>
    reportErrors(async () => {
      await api.maps.connect({ repository, sign_in: null });
      onDone();
    });
  return (
    <DialogForm
      onSubmit={onSubmit}
      failure={failure}
      saveLabel={t('common:save')}
      saving={saving}
      blocked={token === ''}
      onCancel={onDone}
    >
      <p className="dim">{t('signIn.hint')}</p>
      {state && (
        <p className={state.lasting ? 'dim' : 'warn'}>
          {state.lasting
            ? t('signIn.kept')
            : `${t('faults:sync.no_keyring.title')}. ${t('faults:sync.no_keyring.action')}`}
        </p>
      )}
      <TextInput
        data-autofocus
        label={t('signIn.user')}
        value={user}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => setUser(value)}
      />
      <PasswordInput
        label={t('signIn.token')}
        description={t('signIn.tokenHint')}
        value={token}
        onChange={({ currentTarget: { value } }) => {
          onEdit();
          setToken(value);
        }}
      />
      {state?.stored === true && (
        <p>
          <LinkButton className="accent" onClick={() => void forget()}>
            {t('signIn.forget')}
          </LinkButton>
        </p>
      )}
    </DialogForm>
  );
}
