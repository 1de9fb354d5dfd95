import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconList } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { adjustNetwork } from '../../stores/address.ts';
import { ViewTitle } from '../views/ViewTitle.tsx';
import { CommandGroups } from './Canvas.tsx';
import { Filters, TypesMenu } from './controls/Filters.tsx';
import { FindBox } from './controls/FindBox.tsx';
import type { Model } from './model/model.ts';
import styles from './network.module.css';

interface Props {
  view: NetworkView;
  model: Model;
  search: RefObject<HTMLInputElement | null>;
  isListed: boolean;
  onListed: (isListed: boolean) => void;
  onFound: (id: string) => void;
  onLeave: () => void;
}

const more = [
  ['network.keep', 'network.release'],
  ['network.selectAll', 'network.asList'],
  ['network.png', 'network.svg'],
];

export function Toolbar({ view, model, search, isListed, onListed, onFound, onLeave }: Props) {
  const { t } = useTexts('network');
  return (
    <header className={`list-toolbar ${styles.toolbar}`} data-lines="1" data-known>
      <ViewTitle name={t('compare:as.network')} />
      <FindBox model={model} input={search} onFound={onFound} onLeave={onLeave} />
      <TypesMenu
        types={view.types}
        onTypes={(types) => adjustNetwork({ types })}
        references={{
          shown: view.references,
          onChange: (references) => adjustNetwork({ references }),
        }}
      />
      {view.focus === '' ? (
        <Filters view={view} onChange={(filters) => adjustNetwork({ filters })} />
      ) : (
        <div className="wrap gap-8 line-below px-12 py-8 list-chips" />
      )}
      <div className="push list-actions">
        <CommandButton quiet id="network.link" title={`${t('hint.link')} (L)`} />
        <CommandButton quiet id="network.lasso" title={`${t('hint.lasso')} (K)`} />
        <ActionIcon
          variant={isListed ? 'light' : 'subtle'}
          color={isListed ? 'accent' : 'gray'}
          aria-pressed={isListed}
          aria-label={t('list')}
          title={t('list')}
          onClick={() => onListed(!isListed)}
        >
          <IconList size={17} stroke={1.6} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('more')} title={t('more')}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <CommandGroups groups={more} />
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}
