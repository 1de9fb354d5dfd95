import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
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
import { archiveSandbox, discardSandbox, renameSandbox, unarchiveSandbox } from './actions.ts';
import { nameOf } from './names.ts';
import { openSandboxForm } from './NewSandbox.tsx';
import { openShareForm } from './ShareForm.tsx';
import { OriginLine } from './OriginLine.tsx';
import { useIsJoined } from '../sync/state.ts';
import { switchTo } from '../workspace/switch-target.ts';
import styles from './play.module.css';

/** Further actions; those that the actor is not allowed to do are disabled, with the reason below them. */
function SandboxMenu({ sandbox }: { sandbox: Sandbox }) {
  const { t } = useTexts('play');
  const me = useMe();
  const changeRefusal = denialText(me && sandboxVerdict(me, sandbox.by?.id ?? null));
  const isReadable = sandbox.problem === null;
  const isJoined = useIsJoined();
  const shareRefusal = isJoined ? (fileRefusal(me) ?? whyNotLive()) : null;
  const reason = changeRefusal ?? shareRefusal;
  const renderMenuItem = (
    id: 'rename' | 'archive' | 'unarchive' | 'discard',
    icon: IconType,
    run: () => unknown,
  ) => {
    const Icon = icon;
    const isDangerous = id === 'discard';
    return (
      <Menu.Item
        className={isDangerous ? 'menu-bad' : ''}
        disabled={changeRefusal !== null}
        leftSection={<Icon size={15} stroke={1.6} />}
        onClick={() => void run()}
      >
        {t(`menu.${id}`)}
      </Menu.Item>
    );
  };
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <ActionIcon aria-label={t('more', { name: nameOf(sandbox) })}>
          <IconDots size={17} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isReadable && renderMenuItem('rename', IconPencil, () => renameSandbox(sandbox))}
        {isReadable && (
          <Menu.Item
            disabled={me?.role === 'viewer'}
            leftSection={<IconCopy size={15} stroke={1.6} />}
            onClick={() => openSandboxForm(sandbox)}
          >
            {t('menu.duplicate')}
          </Menu.Item>
        )}
        {isReadable && isJoined && (
          <Menu.Item
            disabled={shareRefusal !== null}
            leftSection={<IconShare size={15} stroke={1.6} />}
            onClick={() => openShareForm(sandbox)}
          >
            {t('menu.share')}
          </Menu.Item>
        )}
        {isReadable &&
          (sandbox.archived === null
            ? renderMenuItem('archive', IconArchive, () => archiveSandbox(sandbox))
            : renderMenuItem('unarchive', IconArchiveOff, () => unarchiveSandbox(sandbox)))}
        <Menu.Divider />
        {renderMenuItem('discard', IconTrash, () => discardSandbox(sandbox))}
        {reason !== null && (
          <p className={`tiny dim px-12 pt-4 pb-8 ${styles.why}`} role="none">
            {reason}
          </p>
        )}
      </Menu.Dropdown>
    </Menu>
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
      <Button
        size="xs"
        variant="subtle"
        disabled={problem !== null || pastReason !== null}
        title={pastReason ?? undefined}
        aria-label={t('compareNamed', { name })}
        onClick={() => navigate({ kind: 'compare', sandbox: id })}
      >
        {t('compare')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        disabled={problem !== null || pastReason !== null}
        title={pastReason ?? undefined}
        aria-label={t('whatif:openNamed', { name })}
        onClick={() => (isOpen ? navigate(whatIfOf()) : void switchTo(id, whatIfOf()))}
      >
        {t('whatif:title')}
      </Button>
      {!isOpen && (
        <Button
          size="xs"
          variant="default"
          disabled={problem !== null}
          aria-label={t('openNamed', { name })}
          onClick={() => void switchTo(id)}
        >
          {t('common:open')}
        </Button>
      )}
      <SandboxMenu sandbox={sandbox} />
    </li>
  );
}
