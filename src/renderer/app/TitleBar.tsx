import { ActionIcon, Kbd, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
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
import { keys } from '../stores/queries.ts';
import { useTheme } from '../stores/theme.ts';
import type { IconType } from '../ui/icons.ts';
import { ProfileSlot } from './slots.tsx';

function CommandIcon({ id, icon: Icon }: { id: string; icon: IconType }) {
  const command = useCommand(id);
  if (!command) return null;
  const keysShown = command.shortcut === undefined ? '' : ` (${shown(command.shortcut)})`;
  return (
    <Tooltip label={`${command.label}${keysShown}`}>
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

function Workspace() {
  const { t } = useTranslation(['frame', 'common']);
  const { data } = useQuery({
    queryKey: keys.info,
    queryFn: ({ signal }) => api.workspace.info({}, { signal }),
  });
  const name = data?.name;
  useEffect(() => {
    if (name !== undefined) document.title = `${name} – ${t('common:app')}`;
  }, [name, t]);
  return (
    <>
      <strong className="workspace cut" title={data?.name}>
        {data?.name ?? ''}
      </strong>
      <span className="pill pill-ok" title={t('frame:liveTip')}>
        <span aria-hidden className="dot" />
        {t('frame:live')}
      </span>
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
        <Workspace />
      </div>
      <button type="button" className="search-box" onClick={() => run('view.palette')}>
        <IconSearch size={16} stroke={1.6} />
        <span className="cut">{t('search')}</span>
        <Kbd>{shown('mod+K')}</Kbd>
      </button>
      <div className="title-side title-end">
        <CommandIcon id="edit.undo" icon={IconArrowBackUp} />
        <CommandIcon id="edit.redo" icon={IconArrowForwardUp} />
        <CommandIcon id={dark ? 'view.light' : 'view.dark'} icon={dark ? IconSun : IconMoon} />
        <Suspense fallback={null}>
          <ProfileSlot />
        </Suspense>
      </div>
    </header>
  );
}
