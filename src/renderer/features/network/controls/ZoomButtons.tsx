import { ActionIcon } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { run } from '../../../commands/registry.ts';

const buttons = [
  { id: 'network.zoomIn', text: 'zoomIn', key: '+', Icon: IconPlus },
  { id: 'network.zoomOut', text: 'zoomOut', key: '−', Icon: IconMinus },
  { id: 'network.fit', text: 'fit', key: '0', Icon: IconMaximize },
] as const;

/** Nearer, further away, everything. */
export function ZoomButtons() {
  const { t } = useTranslation('network');
  return (
    <div className="network-zoom network-float">
      {buttons.map(({ id, text, key, Icon }) => (
        <ActionIcon key={id} aria-label={t(text)} title={`${t(text)} (${key})`} onClick={() => run(id)}>
          <Icon size={16} stroke={1.7} />
        </ActionIcon>
      ))}
    </div>
  );
}
