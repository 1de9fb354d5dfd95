import { Button, PasswordInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { useTexts } from '../../i18n/setup.ts';
import { api } from '../../api/client.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { roleName } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { useSubmit } from '../../ui/useSubmit.ts';
import { When } from '../../ui/When.tsx';
import { signInByUniversity, openPage } from './actions.ts';
import { CheckedConnection } from './ConnectionCheck.tsx';
import { storeStatus, useSync } from './state.ts';
import { syncHeadline, hostOf, problemText, iconAndTone } from './status-texts.ts';
import styles from './sync.module.css';
import { FormFailure } from '../../ui/FormButtons.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { adviceText } from '../../text/refusal.ts';

function Fact({ name, title, children }: { name: string; title?: string; children: ReactNode }) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ status: { state, server, pending, last_sync } }: { status: SyncStatus }) {
  const { t } = useTexts('sync');
  const names = useUniversityNames();
  if (!server) return null;
  const { url, user, share } = server;
  const university = user.university_id === null ? undefined : names.get(user.university_id);
  const rightsText = [roleName(user.role), university].filter((part) => part !== undefined).join(' · ');
  return (
    <dl className={`flex wrap py-8 ${styles.facts}`}>
      <Fact name={t('fact.server')} title={url}>
        {hostOf(url)}
      </Fact>
      <Fact name={t(state === 'signed_out' ? 'fact.wasWho' : 'fact.who')}>
        {user.name} <span className="dim">{user.email}</span>
      </Fact>
      <Fact name={t('records:field.role')}>{rightsText}</Fact>
      <Fact name={t('records:field.shared_at')}>
        {share === 'all' ? t('administration:sees.all') : (names.get(share) ?? share)}
      </Fact>
      {pending > 0 && (
        <Fact name={t('fact.pending')}>
          <span className="num">{numberText(pending)}</span>
        </Fact>
      )}
      <Fact name={t('fact.lastSync')}>{last_sync === null ? t('never') : <When at={last_sync} />}</Fact>
    </dl>
  );
}

/** Signs the same user in again, with a password or with the university. */
function SignInAgain({ email }: { email: string }) {
  const { t } = useTexts('sync');
  const [password, setPassword] = useState('');
  const { saving, failure, onSubmit, onEdit } = useSubmit(
    async () => storeStatus(await api.sync.signIn({ password })),
    adviceText,
  );
  const universitySignIn = useSubmit(signInByUniversity, adviceText);
  const isWorking = useSync((sync) => sync.work !== null);
  if (isWorking) return null;
  return (
    <form className="stack gap-8 full" aria-label={t('signIn.yes')} onSubmit={onSubmit}>
      <p>{t('signIn.text', { email })}</p>
      <div className={`stack top gap-8 ${styles.signInLine}`}>
        <PasswordInput
          label={t('form.password')}
          value={password}
          error={failure ?? undefined}
          autoComplete="current-password"
          onChange={({ currentTarget: { value } }) => {
            setPassword(value);
            onEdit();
          }}
        />
        <Button variant="filled" type="submit" loading={saving} disabled={password === ''}>
          {t('signIn.yes')}
        </Button>
      </div>
      <Button onClick={universitySignIn.onSubmit}>{t('signIn.university')}</Button>
      <FormFailure text={universitySignIn.failure} />
    </form>
  );
}

/** The status of sync: its headline and problem, the progress of running work, facts of the server, and actions. */
export function Overview({ status }: { status: SyncStatus }) {
  const { t } = useTexts('sync');
  const { state, server } = status;
  const { icon: Icon, tone } = iconAndTone(status);
  // The headline already explains these states.
  const isExplained =
    ['offline', 'signed_out', 'diverged'].includes(state) &&
    status.problem !== 'no_keyring' &&
    status.network === undefined;
  const problem = isExplained ? null : problemText(status);
  return (
    <section className={styles.overview} aria-label={t('overview')}>
      <p className={`row gap-8 title strong ${styles[tone]}`}>
        <Icon size={20} stroke={1.6} aria-hidden />
        {syncHeadline(status)}
      </p>
      {problem !== null && (
        <p className="stack top gap-8 small warn marked prose">
          <IconAlertTriangle className="mt-2" size={16} stroke={1.6} aria-hidden />
          {problem}
        </p>
      )}
      {state === 'offline' && <p className="dim">{t('offline')}</p>}
      {state === 'offline' && <CheckedConnection />}
      {state === 'paused' && <p className="dim">{t('paused')}</p>}
      {state === 'signed_out' && server && <SignInAgain email={server.user.email} />}
      {state === 'diverged' && (
        <div className={`stack start gap-8 ${styles.diverged}`}>
          <p className="dim">{t('diverged')}</p>
          <CommandButton id="sync.repair" primary />
        </div>
      )}
      <WorkProgress />
      <Facts status={status} />
      <div className="flex wrap gap-8">
        <CommandButton id="go.administration" hasIcon />
        <CommandButton id="sync.sessions" />
        <CommandButton id="sync.password" />
        <CommandButton id="sync.signOut" />
        <CommandButton id="sync.leave" />
      </div>
    </section>
  );
}

/** The sign-in page that the browser must open first. */
function PageToOpen({ url }: { url: string }) {
  const { t } = useTexts('sync');
  return (
    <div className="stack start gap-8 prose">
      <p>{t('signIn.inBrowser')}</p>
      <div className="flex wrap gap-8">
        <Button onClick={() => void openPage(url)}>{t('signIn.openPage')}</Button>
        <Button onClick={() => copyText(url)}>{t('notices:link.copy')}</Button>
      </div>
    </div>
  );
}

/** The progress of long sync work with a button to cancel; nothing without work. */
export function WorkProgress() {
  const { t } = useTexts('sync');
  const work = useSync((sync) => sync.work);
  if (!work) return null;
  const { kind, progress, cancel } = work;
  return (
    <>
      {progress?.open !== undefined && <PageToOpen url={progress.open} />}
      <ProgressLine progress={progress} label={t(`working.${kind}`)} onCancel={cancel} />
    </>
  );
}
