import { Menu, ActionIcon, Kbd, Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconAlertTriangle,
  IconFlask,
  IconHistory,
  IconPlugConnectedX,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconArrowRight,
  IconLayoutSidebar,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { runCommand, useRegistry, useCommand } from '../commands/registry.ts';
import type { CSSProperties } from 'react';
import { connectionStore } from '../api/connection.ts';
import { useReadOnlyReason, useWorkspace } from '../stores/profile.ts';
import { useOpenPoint } from '../stores/open-point.ts';
import { inPast, inSandbox, pageSandbox } from '../stores/target.ts';
import { dateTimeToSecond } from '../text/formats.ts';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { shortcutText } from '../commands/keys.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { queryFor } from '../stores/queries.ts';
import { useTheme } from '../stores/seat.ts';
import type { IconType } from '../ui/icons.ts';
import { ProfileSlot } from './lazy-views.tsx';

const workspaceCommandIds = [
  'workspace.rename',
  'workspace.new',
  'workspace.open',
  'workspace.sample',
  'workspace.reveal',
];

export function WorkspaceMenu({ name }: { name: string }) {
  const { t } = useTexts('frame');
  const commands = useRegistry((registry) => registry.commands);
  const recent = commands.filter(({ id }) => id.startsWith('workspace.recent.'));
  const otherCommands = workspaceCommandIds.flatMap((id) => commands.filter((command) => command.id === id));
  return (
    <Menu returnFocus>
      <Menu.Target>
        <button
          type="button"
          className="inline shrink gap-4 px-8 pointer rounded workspace-button"
          title={t('frame:workspaceTip', { name })}
          aria-label={t('frame:workspaceTip', { name })}
        >
          <strong className="workspace cut">{name}</strong>
          <IconChevronDown className="dim" size={14} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {recent.length > 0 && <Menu.Label>{t('notices:recent.under')}</Menu.Label>}
        {[...recent, ...otherCommands].map(({ id, label, enabled = true, icon: Icon }, index) => [
          index === recent.length && index > 0 && <Menu.Divider key="others" />,
          <Menu.Item
            key={id}
            disabled={!enabled}
            leftSection={Icon ? <Icon size={15} stroke={1.6} /> : null}
            onClick={() => runCommand(id)}
          >
            {label}
          </Menu.Item>,
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A narrow window shows at least this many characters of a sandbox's name. */
const maxReservedChars = 13;

/** The open sandbox; a narrow window shows only its name. */
function SandboxPill({ name }: { name: string }) {
  const { t } = useTexts('frame');
  const label = t('frame:play', { name });
  const reservedChars = Math.min(maxReservedChars, name.length);
  return (
    <span
      className="pill pill-play"
      title={`${label}\n${t('play:bar.safe')}`}
      style={{ '--prefix': label.length - name.length, '--least': reservedChars } as CSSProperties}
    >
      <IconFlask aria-hidden size={13} stroke={1.8} />
      <span className="pill-word cut">{label}</span>
      <span aria-hidden className="pill-name cut" data-name={name} />
    </span>
  );
}

/** Shows the target: live, a sandbox or a point in time; or that the connection is lost. */
export function LiveBadge() {
  const { t } = useTexts('frame');
  const state = connectionStore((connection) => connection.state);
  const sandbox = useWorkspace().data?.sandbox;
  const readOnlyReason = useReadOnlyReason();
  const moment = useOpenPoint().data?.moment;
  if (state === 'lost') {
    return (
      <span className="pill pill-bad" title={t('lostTip')}>
        <IconPlugConnectedX aria-hidden size={13} stroke={1.8} />
        <span className="pill-word">{t('faults:unreached.title')}</span>
      </span>
    );
  }
  if (inPast()) {
    return (
      <>
        {pageSandbox() !== null && <SandboxPill name={sandbox?.name ?? ''} />}
        <span className="pill pill-past" title={t('pastTip')}>
          <IconHistory aria-hidden size={13} stroke={1.8} />
          <span className="pill-word cut">
            {moment ? t('past', { when: dateTimeToSecond(moment.created_at) }) : t('commands:menu.past')}
          </span>
        </span>
      </>
    );
  }
  if (inSandbox()) return <SandboxPill name={sandbox?.name ?? ''} />;
  if (readOnlyReason !== null) {
    return (
      <span className="pill pill-bad" title={readOnlyReason}>
        <IconAlertTriangle aria-hidden size={13} stroke={1.8} />
        <span className="pill-word">{t('liveClosed')}</span>
      </span>
    );
  }
  return (
    <span className={`pill ${state === 'ready' ? 'pill-ok' : 'pill-plain'}`} title={t('liveTip')}>
      <span aria-hidden className="dot" />
      <span className="pill-word">{t('live')}</span>
    </span>
  );
}

interface CommandIconProps {
  id: string;
  icon: IconType;
  /** True at the right end of the bar: the tooltip then opens towards the middle. */
  isAtEnd?: boolean;
}

function CommandIcon({ id, icon: Icon, isAtEnd = false }: CommandIconProps) {
  const command = useCommand(id);
  if (!command) return null;
  const shortcutSuffix = command.shortcut === undefined ? '' : ` (${shortcutText(command.shortcut)})`;
  const reasonSuffix = command.enabled === false && command.why !== undefined ? ` – ${command.why}` : '';
  return (
    <Tooltip
      label={`${command.label}${shortcutSuffix}${reasonSuffix}`}
      position={isAtEnd ? 'bottom-end' : 'bottom-start'}
    >
      <ActionIcon
        aria-label={command.label}
        data-command={id}
        aria-disabled={command.enabled === false}
        className={command.enabled === false ? 'quiet-icon' : ''}
        onClick={() => runCommand(id)}
      >
        <Icon size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

interface OpenWorkspace {
  name: string;
  sandbox: { name: string } | null;
}

function windowTitle({ name, sandbox }: OpenWorkspace, moment: { created_at: string } | null): string {
  return [
    ...(moment ? [say('frame:past', { when: dateTimeToSecond(moment.created_at) })] : []),
    ...(sandbox ? [say('frame:play', { name: sandbox.name })] : []),
    name,
  ].join(' – ');
}

/** Milliseconds between two reads of a sandbox's name while its past is shown. */
const namePollMs = 2000;

function Workspace() {
  const { t } = useTexts('common');
  const { data } = useQuery({
    ...queryFor('workspace.info', {}),
    // A point in time gets no events, so a new name of the sandbox is polled.
    refetchInterval: inPast() && pageSandbox() !== null && namePollMs,
  });
  const moment = useOpenPoint().data?.moment ?? null;
  const name = data && windowTitle(data, moment);
  useEffect(() => {
    if (name !== undefined) document.title = `${name} – ${t('app')}`;
  }, [name, t]);
  return (
    <>
      <WorkspaceMenu name={data?.name ?? ''} />
      <LiveBadge />
    </>
  );
}

export function TitleBar() {
  const { t } = useTexts('frame');
  const isDark = useTheme((theme) => theme.theme === 'dark');
  return (
    <header className="row gap-16 line-below px-12 on-panel title-bar">
      <div className="row shrink gap-8 title-side">
        <CommandIcon id="view.sidebar" icon={IconLayoutSidebar} />
        <span className="rigid inline-flex title-ways">
          <CommandIcon id="go.back" icon={IconArrowLeft} />
          <CommandIcon id="go.forward" icon={IconArrowRight} />
        </span>
        <Workspace />
      </div>
      <button type="button" className="search-box" onClick={() => runCommand('view.palette')}>
        <IconSearch size={16} stroke={1.6} />
        <span className="cut">{t('search')}</span>
        <Kbd>{shortcutText('mod+K')}</Kbd>
      </button>
      <div className="row shrink gap-8 title-side at-end title-end">
        <CommandIcon isAtEnd id="edit.undo" icon={IconArrowBackUp} />
        <CommandIcon isAtEnd id="edit.redo" icon={IconArrowForwardUp} />
        <CommandIcon isAtEnd id="edit.steps" icon={IconChevronDown} />
        <CommandIcon isAtEnd id={isDark ? 'view.light' : 'view.dark'} icon={isDark ? IconSun : IconMoon} />
        <Suspense fallback={null}>
          <ProfileSlot />
        </Suspense>
      </div>
    </header>
  );
}
