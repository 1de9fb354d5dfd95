import { ActionIcon, Kbd, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconLayoutSidebar,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { run, useCommand } from '../commands/registry.ts';
import { shown } from '../commands/keys.ts';
import { say } from '../i18n/setup.ts';
import { useOpenMoment } from '../stores/moments.ts';
import { keys } from '../stores/queries.ts';
import { inPast, openSandbox } from '../stores/target.ts';
import { useTheme } from '../stores/theme.ts';
import { momentToSecond } from '../text/formats.ts';
import type { IconType } from '../ui/icons.ts';
import { LiveBadge } from './LiveBadge.tsx';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';
import { ProfileSlot } from './slots.tsx';

interface CommandIconProps {
  id: string;
  icon: IconType;
  /** At which end of the bar it stands: its words run towards the middle and cover no other button. */
  end?: boolean;
}

function CommandIcon({ id, icon: Icon, end = false }: CommandIconProps) {
  const command = useCommand(id);
  if (!command) return null;
  const keysShown = command.shortcut === undefined ? '' : ` (${shown(command.shortcut)})`;
  const why = command.enabled === false && command.why !== undefined ? ` – ${command.why}` : '';
  return (
    <Tooltip label={`${command.label}${keysShown}${why}`} position={end ? 'bottom-end' : 'bottom-start'}>
      <ActionIcon
        aria-label={command.label}
        data-command={id}
        aria-disabled={command.enabled === false}
        className={command.enabled === false ? 'quiet-icon' : ''}
        onClick={() => run(id)}
      >
        <Icon size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

interface Named {
  name: string;
  sandbox: { name: string } | null;
}

/** What the window is called: the moment and Play before all else. */
function windowTitle({ name, sandbox }: Named, moment: { created_at: string } | null): string {
  return [
    ...(moment ? [say('frame:past', { when: momentToSecond(moment.created_at) })] : []),
    ...(sandbox ? [say('frame:play', { name: sandbox.name })] : []),
    name,
  ].join(' – ');
}

/** How long what is looked at in the past is not asked again what it is called, in milliseconds. */
const pause = 2000;

function Workspace() {
  const { t } = useTranslation('common');
  const { data } = useQuery({
    queryKey: keys.info,
    queryFn: ({ signal }) => api.workspace.info({}, { signal }),
    // A moment is not told of what a sandbox is called meanwhile.
    refetchInterval: inPast() && openSandbox() !== null && pause,
  });
  const moment = useOpenMoment().data?.moment ?? null;
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

/** The line above everything: what is open, the palette, the way back, the theme and who acts. */
export function TitleBar() {
  const { t } = useTranslation('frame');
  const dark = useTheme((theme) => theme.shown === 'dark');
  return (
    <header className="title-bar">
      <div className="title-side">
        <CommandIcon id="view.sidebar" icon={IconLayoutSidebar} />
        <span className="title-ways">
          <CommandIcon id="go.back" icon={IconArrowLeft} />
          <CommandIcon id="go.forward" icon={IconArrowRight} />
        </span>
        <Workspace />
      </div>
      <button type="button" className="search-box" onClick={() => run('view.palette')}>
        <IconSearch size={16} stroke={1.6} />
        <span className="cut">{t('search')}</span>
        <Kbd>{shown('mod+K')}</Kbd>
      </button>
      <div className="title-side title-end">
        <CommandIcon end id="edit.undo" icon={IconArrowBackUp} />
        <CommandIcon end id="edit.redo" icon={IconArrowForwardUp} />
        <CommandIcon end id="edit.steps" icon={IconChevronDown} />
        <CommandIcon end id={dark ? 'view.light' : 'view.dark'} icon={dark ? IconSun : IconMoon} />
        <Suspense fallback={null}>
          <ProfileSlot />
        </Suspense>
      </div>
    </header>
  );
}
