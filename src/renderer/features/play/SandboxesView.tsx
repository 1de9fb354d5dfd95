import '../../ui/copies.css';
import { IconFlask, IconPlus } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import type { SharedSandbox } from '#shared/contract/shared-sandboxes.ts';
import { changeVerdict, sandboxVerdict } from '#shared/domain/permissions.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { fileRefusal, useMe } from '../../stores/profile.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ActionButton } from './compare/ActionButton.tsx';
import { openSandboxForm, openFormForShared } from './NewSandbox.tsx';
import { SandboxRow } from './SandboxRow.tsx';
import { useSandboxes, useTrash, useSharedSandboxes, refreshSandboxes } from './useSandboxes.ts';
import { whyNotLive } from '../../stores/target.ts';
import { denialText } from '../../text/faults.ts';
import { authorName, authorFullName } from '../../text/author-name.ts';
import { When } from '../../ui/When.tsx';
import { useIsJoined } from '../sync/state.ts';
import { removeShared, recoverSandbox } from './actions.ts';
import styles from './play.module.css';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { nameOf } from './names.ts';
import { api } from '../../api/client.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { RowButton } from '../../ui/RowButton.tsx';

/** One shared sandbox: name, audience, author and time, with buttons to delete and to copy it. */
function SharedRow({ shared }: { shared: SharedSandbox }) {
  const { t } = useTexts('play');
  const me = useMe();
  const { name, description, university, by, shared_at, count } = shared;
  const deleteRefusal =
    whyNotLive() ??
    denialText(me && changeVerdict(me, { type: 'shared-sandbox', universities: [university?.id ?? null] }));
  const copyRefusal = fileRefusal(me);
  return (
    <li className="row gap-12 line-below copy-row">
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3 className="cut" title={name}>
          {name}
        </h3>
        <span className="pill pill-plain">{university?.title ?? t('common:everyone')}</span>
        <p className={`${styles.taken} dim cut`} title={description}>
          <span title={authorFullName(by, me?.id)}>{t('shared.by', { who: authorName(by, me?.id) })}</span>
          {' · '}
          <When at={shared_at} />
          {description !== '' && ` · ${description}`}
        </p>
      </div>
      <span className={`rigid small text-end ${styles.figure} num`}>{t('shared.count', { count })}</span>
      <RowButton
        label={t('commands:record.delete')}
        named={t('shared.deleteNamed', { name })}
        why={deleteRefusal}
        isQuiet
        onClick={() => void removeShared(shared)}
      />
      <RowButton
        label={t('shared.take')}
        named={t('shared.takeNamed', { name })}
        why={copyRefusal}
        onClick={() => openFormForShared(shared)}
      />
    </li>
  );
}

/** Sandboxes shared through the server; nothing if there are none and no server is joined. */
function SharedSandboxes() {
  const { t } = useTexts('play');
  const { data = [] } = useSharedSandboxes({ watched: true });
  const isJoined = useIsJoined();
  if (data.length === 0 && !isJoined) return null;
  return (
    <section className="stack gap-12 gap-8 mt-24" aria-label={t('records:many.shared-sandbox')}>
      <h2>{t('records:many.shared-sandbox')}</h2>
      <p className="dim">{t(data.length === 0 ? 'shared.empty' : 'shared.what')}</p>
      {data.length > 0 && (
        <ul className="stack single line-above">
          {data.map((shared) => (
            <SharedRow key={shared.id} shared={shared} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NewButton() {
  const { t } = useTexts('play');
  const refusal = fileRefusal(useMe());
  return (
    <ActionButton
      primary
      why={refusal}
      icon={<IconPlus size={16} stroke={1.7} />}
      onClick={() => openSandboxForm()}
    >
      {`${t('form.title')}…`}
    </ActionButton>
  );
}

export default function SandboxesView() {
  const { t } = useTexts('play');
  const { data, error, refetch } = useSandboxes({ watched: true });
  const { data: trash = [] } = useTrash({ watched: true });
  if (error) {
    return (
      <Page title={t('commands:menu.play')}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const activeSandboxes = data?.filter(({ archived }) => archived === null) ?? [];
  const archivedSandboxes = data?.filter(({ archived }) => archived !== null) ?? [];
  const isEmpty = data?.length === 0;
  return (
    <Page title={t('commands:menu.play')} width="wide" actions={isEmpty ? null : <NewButton />}>
      {isEmpty ? (
        <EmptyState icon={IconFlask} text={t('empty')}>
          <NewButton />
        </EmptyState>
      ) : (
        <section className="stack gap-12">
          <p className="dim">{t('what')}</p>
          <ul className="stack single line-above" aria-label={t('commands:menu.play')}>
            {activeSandboxes.map((sandbox) => (
              <SandboxRow key={sandbox.id} sandbox={sandbox} />
            ))}
          </ul>
        </section>
      )}
      {archivedSandboxes.length > 0 && (
        <details className={styles.fold} open={activeSandboxes.length === 0}>
          <summary>{t('archived', { count: archivedSandboxes.length })}</summary>
          <ul className="stack single line-above">
            {archivedSandboxes.map((sandbox) => (
              <SandboxRow key={sandbox.id} sandbox={sandbox} />
            ))}
          </ul>
        </details>
      )}
      <SharedSandboxes />
      {trash.length > 0 && <Trash sandboxes={trash} />}
    </Page>
  );
}

/** Deletes the sandboxes `ids` from the trash after a confirmation. */
async function emptyTrash(ids: string[]): Promise<void> {
  const count = ids.length;
  const isConfirmed = await askDialog({ title: say('play:emptyTrash.title') }, false, (answer) => (
    <>
      <p>{say('play:emptyTrash.text', { count })}</p>
      <div className="dialog-buttons">
        <Button data-autofocus onClick={() => answer(false)}>
          {say('common:cancel')}
        </Button>
        <Button variant="filled" color="red" onClick={() => answer(true)}>
          {say('play:emptyTrash.yes')}
        </Button>
      </div>
    </>
  ));
  if (!isConfirmed) return;
  try {
    const { removed, left } = await api.sandboxes.emptyTrash({ only: ids });
    notice({
      id: 'sandbox',
      title: say('play:done.emptied', { count: removed }),
      ...(left > 0 ? { more: say('play:done.left', { count: left }) } : {}),
    });
  } catch (error) {
    reportError(error);
  } finally {
    await refreshSandboxes();
  }
}

function TrashRow({ sandbox }: { sandbox: Sandbox }) {
  const { t } = useTexts('play');
  const me = useMe();
  const canRecover = !me || sandboxVerdict(me, sandbox.by?.id ?? null).allowed;
  return (
    <li className="row gap-12 line-below copy-row">
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3 className="cut">{nameOf(sandbox)}</h3>
        <p className={`${styles.taken} dim`}>
          {t('discardedAt')}
          {sandbox.discarded !== null && (
            <>
              {' · '}
              <When at={sandbox.discarded} />
            </>
          )}
        </p>
      </div>
      <RowButton
        label={t('done.recover')}
        named={t('recoverNamed', { name: nameOf(sandbox) })}
        disabled={!canRecover}
        onClick={() => void recoverSandbox(sandbox)}
      />
    </li>
  );
}

/** Discarded sandboxes, which can be recovered until the trash is emptied. */
function Trash({ sandboxes }: { sandboxes: readonly Sandbox[] }) {
  const { t } = useTexts('play');
  const me = useMe();
  const deletableSandboxes = sandboxes.filter(({ by }) => me && sandboxVerdict(me, by?.id ?? null).allowed);
  return (
    <details className={styles.fold}>
      <summary>{t('trash', { count: sandboxes.length })}</summary>
      <ul className="stack single line-above">
        {sandboxes.map((sandbox) => (
          <TrashRow key={sandbox.id} sandbox={sandbox} />
        ))}
      </ul>
      {deletableSandboxes.length > 0 && (
        <Button
          className="mt-12 play-empty"
          size="xs"
          color="red"
          onClick={() => void emptyTrash(deletableSandboxes.map(({ id }) => id))}
        >
          {t('emptyTrash.button')}
        </Button>
      )}
    </details>
  );
}
