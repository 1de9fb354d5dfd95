import '../../ui/copies.css';
import { IconFlask, IconPlus } from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { whyNoFiles, useMe } from '../../stores/profile.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ActionButton } from './compare/ActionButton.tsx';
import { newSandbox } from './NewSandbox.tsx';
import { SandboxRow } from './SandboxRow.tsx';
import { SharedSandboxes } from './SharedSandboxes.tsx';
import { Trash } from './Trash.tsx';
import { useSandboxes, useTrash } from './useSandboxes.ts';
import styles from './play.module.css';

function New() {
  const { t } = useTexts('play');
  const why = whyNoFiles(useMe());
  return (
    <ActionButton primary why={why} icon={<IconPlus size={16} stroke={1.7} />} onClick={() => newSandbox()}>
      {`${t('form.title')}…`}
    </ActionButton>
  );
}

/** The workspace's sandboxes and their trash. */
export default function PlayView() {
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
  const current = data?.filter(({ archived }) => archived === null) ?? [];
  const aside = data?.filter(({ archived }) => archived !== null) ?? [];
  const none = data?.length === 0;
  return (
    <Page title={t('commands:menu.play')} width="wide" actions={none ? null : <New />}>
      {none ? (
        <EmptyState icon={IconFlask} text={t('empty')}>
          <New />
        </EmptyState>
      ) : (
        <section className="stack gap-12">
          <p className="dim">{t('what')}</p>
          <ul className="stack single line-above" aria-label={t('commands:menu.play')}>
            {current.map((sandbox) => (
              <SandboxRow key={sandbox.id} sandbox={sandbox} />
            ))}
          </ul>
        </section>
      )}
      {aside.length > 0 && (
        <details className={styles.fold} open={current.length === 0}>
          <summary>{t('archived', { count: aside.length })}</summary>
          <ul className="stack single line-above">
            {aside.map((sandbox) => (
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
