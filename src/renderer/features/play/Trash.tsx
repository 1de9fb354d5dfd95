import { Button } from '@mantine/core';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { sandboxVerdict } from '#shared/domain/permissions.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { When } from '../../ui/When.tsx';
import { recoverSandbox } from './actions.ts';
import { nameOf } from './names.ts';
import { api } from '../../api/client.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { refreshSandboxes } from './useSandboxes.ts';
import styles from './play.module.css';

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
      <Button
        size="xs"
        disabled={!canRecover}
        aria-label={t('recoverNamed', { name: nameOf(sandbox) })}
        onClick={() => void recoverSandbox(sandbox)}
      >
        {t('done.recover')}
      </Button>
    </li>
  );
}

/** Discarded sandboxes, which can be recovered until the trash is emptied. */
export function Trash({ sandboxes }: { sandboxes: readonly Sandbox[] }) {
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
