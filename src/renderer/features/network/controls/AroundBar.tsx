import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFocus2, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { networkDepths } from '#shared/address/network.ts';
import type { NetworkDepth } from '#shared/address/network.ts';

interface Props {
  title: string;
  depth: NetworkDepth;
  onDepth: (depth: NetworkDepth) => void;
  onLeave: () => void;
}

/** Around which record a local graph is, and how far it goes. */
export function AroundBar({ title, depth, onDepth, onLeave }: Props) {
  const { t } = useTranslation('network');
  return (
    <>
      <span className="network-around">
        <IconFocus2 size={16} stroke={1.6} />
        <span className="cut">{t('around', { title })}</span>
        <ActionIcon size={22} aria-label={t('aroundLeave')} title={t('aroundLeave')} onClick={onLeave}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </span>
      <Menu width={140}>
        <Menu.Target>
          <Button
            variant="default"
            rightSection={<IconChevronDown size={15} stroke={1.6} />}
            title={t('depthLabel')}
          >
            {t('depth', { count: depth })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={String(depth)}
            onChange={(value) => onDepth(networkDepths.find((one) => String(one) === value) ?? 1)}
          >
            {networkDepths.map((one) => (
              <Menu.RadioItem key={one} value={String(one)} closeMenuOnClick>
                {t('depthOption', { count: one })}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
