import './stage.css';
import { ActionIcon } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/setup.ts';

interface Props {
  /** 1 is nearer, -1 farther. */
  zoomBy: (steps: 1 | -1) => void;
  fit: () => void;
  children?: ReactNode;
}

export function ZoomButtons({ zoomBy, fit, children }: Props) {
  const { t } = useTexts('network');
  const buttons = [
    { text: t('zoomIn'), key: '+', Icon: IconPlus, press: () => zoomBy(1) },
    { text: t('zoomOut'), key: '−', Icon: IconMinus, press: () => zoomBy(-1) },
    { text: t('fit'), key: '0', Icon: IconMaximize, press: fit },
  ];
  return (
    <div className="column gap-8 absolute stage-corner">
      <div className="flex card on-panel stage-zoom">
        {buttons.map(({ text, key, Icon, press }) => (
          <ActionIcon key={key} aria-label={text} title={`${text} (${key})`} onClick={press}>
            <Icon size={16} stroke={1.7} />
          </ActionIcon>
        ))}
      </div>
      {children}
    </div>
  );
}
