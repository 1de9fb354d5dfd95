import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CommandItem } from '../../../commands/CommandItem.tsx';

/** What there is no room for beside the others, by the commands of the registry. */
export function MoreTools({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('grid');
  if (ids.length === 0) return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon c="var(--text-2)" aria-label={t('moreTools')} title={t('moreTools')}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ids.map((id) => (
          <CommandItem key={id} id={id} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
