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
import { maySettleSandbox } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useMe, whyNoFiles } from '../../stores/profile.ts';
import { navigate } from '../../stores/address.ts';
import { openTarget, whyNotLive, whyNotNow } from '../../stores/target.ts';
import { bytesText } from '../../text/bytes.ts';
import { reasonText } from '../../text/reasons.ts';
import { permissionText } from '../../text/faults.ts';
import type { IconType } from '../../ui/icons.ts';
import { archiveSandbox, discardSandbox, renameSandbox, unarchiveSandbox } from './actions.ts';
import { nameOf } from './names.ts';
import { newSandbox } from './NewSandbox.tsx';
import { openShare } from './ShareForm.tsx';
import { TakenLine } from './TakenLine.tsx';
import { useIsJoined } from '../sync/state.ts';
import { turnTo } from '../workspace/turn.ts';
import styles from './play.module.css';

/** Further actions; forbidden ones are disabled with the reason. */
function More({ sandbox }: { sandbox: Sandbox }) {
  const { t } = useTexts('play');
  const me = useMe();
  const verdict = me && maySettleSandbox(me, sandbox.by?.id ?? null);
  const why = verdict?.allowed === false ? permissionText(verdict.rule) : null;
  const whole = sandbox.problem === null;
  const isJoined = useIsJoined();
  const whyNotShared = isJoined ? (whyNoFiles(me) ?? whyNotLive()) : null;
  const reason = why ?? whyNotShared;
  const entry = (id: 'rename' | 'archive' | 'unarchive' | 'discard', icon: IconType, run: () => unknown) => {
    const Icon = icon;
    const bad = id === 'discard';
    return (
      <Menu.Item
        className={bad ? 'menu-bad' : ''}
        disabled={why !== null}
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
        {whole && entry('rename', IconPencil, () => renameSandbox(sandbox))}
        {whole && (
          <Menu.Item
            disabled={me?.role === 'viewer'}
            leftSection={<IconCopy size={15} stroke={1.6} />}
            onClick={() => newSandbox(sandbox)}
          >
            {t('menu.duplicate')}
          </Menu.Item>
        )}
        {whole && isJoined && (
          <Menu.Item
            disabled={whyNotShared !== null}
            leftSection={<IconShare size={15} stroke={1.6} />}
            onClick={() => openShare(sandbox)}
          >
            {t('menu.share')}
          </Menu.Item>
        )}
        {whole &&
          (sandbox.archived === null
            ? entry('archive', IconArchive, () => archiveSandbox(sandbox))
            : entry('unarchive', IconArchiveOff, () => unarchiveSandbox(sandbox)))}
        <Menu.Divider />
        {entry('discard', IconTrash, () => discardSandbox(sandbox))}
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
  const here = id === openTarget();
  const whyNot = whyNotNow();
  return (
    <li className={`row gap-12 line-below copy-row${here ? ` on-warn` : ''}`}>
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3 className="cut" title={name}>
          {name}
        </h3>
        {here && <span className="pill pill-play">{t('openHere')}</span>}
        {archived !== null && <span className="pill pill-plain">{t('archivedPill')}</span>}
        {problem === null ? (
          <TakenLine sandbox={sandbox} />
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
        disabled={problem !== null || whyNot !== null}
        title={whyNot ?? undefined}
        aria-label={t('compareNamed', { name })}
        onClick={() => navigate({ kind: 'compare', sandbox: id })}
      >
        {t('compare')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        disabled={problem !== null || whyNot !== null}
        title={whyNot ?? undefined}
        aria-label={t('whatif:openNamed', { name })}
        onClick={() => (here ? navigate(whatIfOf()) : void turnTo(id, whatIfOf()))}
      >
        {t('whatif:title')}
      </Button>
      {!here && (
        <Button
          size="xs"
          variant="default"
          disabled={problem !== null}
          aria-label={t('openNamed', { name })}
          onClick={() => void turnTo(id)}
        >
          {t('common:open')}
        </Button>
      )}
      <More sandbox={sandbox} />
    </li>
  );
}
