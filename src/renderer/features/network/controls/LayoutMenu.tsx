import { Button, Loader, Menu } from '@mantine/core';
import { IconChevronDown, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { networkLayouts } from '#shared/address/network.ts';
import type { NetworkLayout } from '#shared/address/network.ts';
import { CommandItem } from '../../../commands/CommandItem.tsx';
import { run } from '../../../commands/registry.ts';
import { useNetwork } from '../state.ts';

/** How nodes are placed. A layout that is being worked out shows how far it is, and can be stopped. */
export function LayoutMenu({ layout }: { layout: NetworkLayout }) {
  const { t } = useTranslation('network');
  const running = useNetwork((network) => network.running);
  if (running !== null)
    return (
      <Button
        variant="default"
        leftSection={<Loader size={12} />}
        rightSection={<IconPlayerStop size={15} stroke={1.6} />}
        title={t('stop')}
        onClick={() => run('network.stop')}
      >
        {t('running')} <span className="num">{Math.round(running * 100)} %</span> · {t('stop')}
      </Button>
    );
  return (
    <Menu width={220}>
      <Menu.Target>
        <Button
          variant="default"
          rightSection={<IconChevronDown size={15} stroke={1.6} />}
          title={t('layoutTip')}
        >
          {t(`layout.${layout}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={layout} onChange={(one) => run(`network.layout.${one}`)}>
          {networkLayouts.map((one) => (
            <Menu.RadioItem key={one} value={one} closeMenuOnClick>
              {t(`layout.${one}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconRefresh size={15} stroke={1.6} />}
          onClick={() => run('network.arrange')}
        >
          {t('command.arrange')}
        </Menu.Item>
        <CommandItem keyed id="network.release" />
      </Menu.Dropdown>
    </Menu>
  );
}
