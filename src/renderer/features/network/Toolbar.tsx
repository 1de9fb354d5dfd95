import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLasso, IconLinkPlus, IconList } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { greyed } from '../../commands/greyed.ts';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { run, useCommand } from '../../commands/registry.ts';
import { adjustNetwork } from '../../stores/address.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { ViewTitle } from '../views/ViewTitle.tsx';
import { Filters } from './controls/Filters.tsx';
import { FindBox } from './controls/FindBox.tsx';
import { TypesMenu } from './controls/TypesMenu.tsx';
import type { Model } from './model/model.ts';
import { useNetwork } from './state.ts';

interface Props {
  view: NetworkView;
  model: Model;
  search: RefObject<HTMLInputElement | null>;
  listed: boolean;
  onListed: (listed: boolean) => void;
  onFound: (id: string) => void;
  onLeave: () => void;
}

const modes = [
  { mode: 'link', id: 'network.link', sign: 'L', Icon: IconLinkPlus },
  { mode: 'lasso', id: 'network.lasso', sign: 'K', Icon: IconLasso },
] as const;

/** What dragging does instead of moving. */
function ModeButton({ mode, id, sign, Icon }: (typeof modes)[number]) {
  const { t } = useTranslation('network');
  const now = useNetwork((network) => network.mode);
  const command = useCommand(id);
  const tip = t(mode === 'link' ? 'mode.linkTip' : 'mode.lassoTip');
  return (
    <QuietButton
      icon={Icon}
      pressed={now === mode}
      aria-label={t(`mode.${mode}`)}
      {...greyed(command, `${tip} (${sign})`)}
      onClick={() => run(id)}
    >
      <span className="tool-word">{t(`mode.${mode}`)}</span>
    </QuietButton>
  );
}

const more = [
  ['network.keep', 'network.release'],
  ['network.selectAll', 'network.asList'],
  ['network.png', 'network.svg'],
];

/** The line above the picture: what it is, finding in it, what is shown, what dragging does. */
export function Toolbar({ view, model, search, listed, onListed, onFound, onLeave }: Props) {
  const { t } = useTranslation('network');
  return (
    // How it is arranged is said by the style sheet alone, other than with lists.
    <header className="list-toolbar network-toolbar" data-lines="1" data-known>
      <ViewTitle name={t('title')} />
      <FindBox model={model} input={search} onFound={onFound} onLeave={onLeave} />
      <TypesMenu
        types={view.types}
        references={view.references}
        onTypes={(types) => adjustNetwork({ types })}
        onReferences={(references) => adjustNetwork({ references })}
      />
      {view.focus === '' ? (
        <Filters view={view} onChange={(filters) => adjustNetwork({ filters })} />
      ) : (
        <div className="list-chips" />
      )}
      <div className="list-actions">
        {modes.map((mode) => (
          <ModeButton key={mode.id} {...mode} />
        ))}
        <ActionIcon
          variant={listed ? 'light' : 'subtle'}
          color={listed ? 'accent' : 'gray'}
          aria-pressed={listed}
          aria-label={t('list')}
          title={t('list')}
          onClick={() => onListed(!listed)}
        >
          <IconList size={17} stroke={1.6} />
        </ActionIcon>
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <ActionIcon aria-label={t('command.more')} title={t('command.more')}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {more.flatMap((group, at) => [
              ...(at > 0 ? [<Menu.Divider key={group[0]} />] : []),
              ...group.map((id) => <CommandItem key={id} id={id} keyed />),
            ])}
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}
