import { Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconPencil,
  IconShare,
  IconTrash,
} from '@tabler/icons-react';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { whatIfOf } from '#shared/address/view.ts';
import { sandboxVerdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useMe, fileRefusal } from '../../stores/profile.ts';
import { navigate } from '../../stores/address.ts';
import { pageTarget, whyNotLive, whyNotNow } from '../../stores/target.ts';
import { bytesText } from '../../text/bytes.ts';
import { reasonText } from '../../text/reasons.ts';
import { denialText } from '../../text/faults.ts';
import type { IconType } from '../../ui/icons.ts';
import { MenuAction } from '../../ui/MenuAction.tsx';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { archiveSandbox, discardSandbox, renameSandbox, unarchiveSandbox } from './actions.ts';
import { nameOf } from './names.ts';
import { openFormForCopy } from './NewSandbox.tsx';
import { openShareForm } from './ShareForm.tsx';
import { OriginLine } from './OriginLine.tsx';
import { useIsJoined } from '../sync/state.ts';
import { switchTo } from '../workspace/switch-target.ts';
import styles from './play.module.css';
import { RowButton } from '../../ui/RowButton.tsx';

/** Further actions; those that the actor is not allowed to do are disabled, with the reason below them. */
function SandboxMenu({ sandbox }: { sandbox: Sandbox }) {
  const { t } = useTexts('play');
  const me = useMe();
  const changeRefusal = denialText(me && sandboxVerdict(me, sandbox.by?.id ?? null));
  const isReadable = sandbox.problem === null;
  const isJoined = useIsJoined();
  const shareRefusal = isJoined ? (fileRefusal(me) ?? whyNotLive()) : null;
  const reason = changeRefusal ?? shareRefusal;
  const renderItem = (
    id: 'rename' | 'archive' | 'unarchive' | 'discard',
    icon: IconType,
    run: (sandbox: Sandbox) => unknown,
  ) => (
    <MenuAction
      icon={icon}
      label={t(`menu.${id}`)}
      bad={id === 'discard'}
      disabled={changeRefusal !== null}
      onRun={() => run(sandbox)}
    />
  );
  return (
    <MoreMenu label={t('more', { name: nameOf(sandbox) })}>
      {isReadable && renderItem('rename', IconPencil, renameSandbox)}
      {isReadable && (
        <MenuAction
          icon={IconCopy}
          label={t('menu.duplicate')}
          disabled={me?.role === 'viewer'}
          onRun={() => openFormForCopy(sandbox)}
        />
      )}
      {isReadable && isJoined && (
        <MenuAction
          icon={IconShare}
          label={t('menu.share')}
          disabled={shareRefusal !== null}
          onRun={() => openShareForm(sandbox)}
        />
      )}
      {isReadable &&
        (sandbox.archived === null
          ? renderItem('archive', IconArchive, archiveSandbox)
          : renderItem('unarchive', IconArchiveOff, unarchiveSandbox))}
      <Menu.Divider />
      {renderItem('discard', IconTrash, discardSandbox)}
      {reason !== null && (
        <p className={`tiny dim px-12 pt-4 pb-8 ${styles.why}`} role="none">
          {reason}
        </p>
      )}
    </MoreMenu>
  );
}

/** One sandbox: name, time, author, number of changes, and how to open it. */
export function SandboxRow({ sandbox }: { sandbox: Sandbox }) {
  const { t } = useTexts('play');
  const { id, archived, bytes, changes, problem } = sandbox;
  const name = nameOf(sandbox);
  const isOpen = id === pageTarget();
  const pastReason = whyNotNow();
  return (
    <li className={`row gap-12 line-below copy-row${isOpen ? ` on-warn` : ''}`}>
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3 className="cut" title={name}>
          {name}
        </h3>
        {isOpen && <span className="pill pill-play">{t('openHere')}</span>}
        {archived !== null && <span className="pill pill-plain">{t('archivedPill')}</span>}
        {problem === null ? (
          <OriginLine sandbox={sandbox} />
        ) : (
          <p className="row gap-8 bad">
            <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
            {reasonText(problem)}
          </p>
        )}
      </div>
      <span className={`rigid small text-end ${styles.figure} num`}>
        {changes !== null && (changes === 0 ? t('noChanges') : t('history:total', { count: changes }))}
      </span>
      <span className={`rigid small text-end ${styles.figure} ${styles.size} num dim`}>
        {bytesText(bytes)}
      </span>
      <RowButton
        label={t('compare')}
        named={t('compareNamed', { name })}
        why={pastReason}
        disabled={problem !== null}
        isQuiet
        onClick={() => navigate({ kind: 'compare', sandbox: id })}
      />
      <RowButton
        label={t('whatif:title')}
        named={t('whatif:openNamed', { name })}
        why={pastReason}
        disabled={problem !== null}
        isQuiet
        onClick={() => (isOpen ? navigate(whatIfOf()) : void switchTo(id, whatIfOf()))}
      />
      {!isOpen && (
        <RowButton
          label={t('common:open')}
          named={t('openNamed', { name })}
          disabled={problem !== null}
          onClick={() => void switchTo(id)}
        />
      )}
      <SandboxMenu sandbox={sandbox} />
    </li>
  );
}
