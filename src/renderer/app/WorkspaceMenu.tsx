import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { run, useRegistry } from '../commands/registry.ts';

const ways = ['workspace.rename', 'workspace.new', 'workspace.open', 'workspace.sample', 'workspace.reveal'];

/** What is open, by name; choosing it leads to the workspaces that were open lately and to others. */
export function WorkspaceMenu({ name }: { name: string }) {
  const { t } = useTranslation(['frame', 'notices']);
  const commands = useRegistry((registry) => registry.commands);
  const recent = commands.filter(({ id }) => id.startsWith('workspace.recent.'));
  const others = ways.flatMap((id) => commands.filter((command) => command.id === id));
  return (
    <Menu width={264} returnFocus>
      <Menu.Target>
        <button
          type="button"
          className="workspace-button"
          title={t('frame:workspaceTip', { name })}
          aria-label={t('frame:workspaceTip', { name })}
        >
          <strong className="workspace cut">{name}</strong>
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {recent.length > 0 && <Menu.Label>{t('notices:recent.under')}</Menu.Label>}
        {[...recent, ...others].map(({ id, label, enabled = true, icon: Icon }, at) => [
          at === recent.length && at > 0 && <Menu.Divider key="others" />,
          <Menu.Item
            key={id}
            disabled={!enabled}
            leftSection={Icon ? <Icon size={15} stroke={1.6} /> : null}
            onClick={() => run(id)}
          >
            {label}
          </Menu.Item>,
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
