import { ActionIcon, Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconList, IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { adjustNetwork } from '../../stores/address.ts';
import { ViewTitle } from '../views/ViewTitle.tsx';
import { CommandGroups } from './Canvas.tsx';
import { Filters, TypesMenu } from './controls/Filters.tsx';
import type { Model, NetNode } from './model/model.ts';
import styles from './network.module.css';
import { foldText } from '#shared/domain/fold.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import { useMemo, useState } from 'react';
import { displayTitle } from '../../text/names.ts';
import { iconOf } from '../../ui/icons.ts';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { typeAndUniversity } from './model/model.ts';

interface Props {
  view: NetworkView;
  model: Model;
  search: RefObject<HTMLInputElement | null>;
  isListShown: boolean;
  onListShown: (isShown: boolean) => void;
  onFound: (id: string) => void;
  onLeave: () => void;
}

const menuGroups = [
  ['network.keep', 'network.release'],
  ['network.selectAll', 'network.asList'],
  ['network.png', 'network.svg'],
];

export function Toolbar({ view, model, search, isListShown, onListShown, onFound, onLeave }: Props) {
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
          variant={isListShown ? 'light' : 'subtle'}
          color={isListShown ? 'accent' : 'gray'}
          aria-pressed={isListShown}
          aria-label={t('list')}
          title={t('list')}
          onClick={() => onListShown(!isListShown)}
        >
          <IconList size={17} stroke={1.6} />
        </ActionIcon>
        <MoreMenu label={t('more')} size={18}>
          <CommandGroups groups={menuGroups} />
        </MoreMenu>
      </div>
    </header>
  );
}

const maxMatches = 12;

/** The quality of a match, both texts in lower case: 0 equal, 1 prefix, 2 prefix of a word, 3 within, 4 all words somewhere. */
function rankOf(title: string, query: string): number {
  if (title === query) return 0;
  if (title.startsWith(query)) return 1;
  if (title.includes(` ${query}`)) return 2;
  return title.includes(query) ? 3 : 4;
}

/** Nodes whose titles contain all words, best matches first. */
export function findNodes(model: Model, text: string): readonly NetNode[] {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const query = words.join(' ');
  const matches: { node: NetNode; rank: number }[] = [];
  for (const node of model.nodes.values()) {
    const title = foldText(node.title);
    if (!words.every((word) => title.includes(word))) continue;
    matches.push({ node, rank: rankOf(title, query) });
  }
  return matches
    .sort(
      (a, b) => a.rank - b.rank || b.node.links - a.node.links || compareNames(a.node.title, b.node.title),
    )
    .slice(0, maxMatches)
    .map(({ node }) => node);
}

interface FindProps {
  model: Model;
  input: RefObject<HTMLInputElement | null>;
  onFound: (id: string) => void;
  onLeave: () => void;
}

function FindBox({ model, input, onFound, onLeave }: FindProps) {
  const { t } = useTexts('network');
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const matches = useMemo(() => findNodes(model, text), [model, text]);
  const choose = (id: string): void => {
    setText('');
    combobox.closeDropdown();
    onFound(id);
    onLeave();
  };
  return (
    <Combobox store={combobox} width={380} position="bottom-start" onOptionSubmit={choose}>
      <Combobox.Target>
        <TextInput
          ref={input}
          className="list-search"
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            if (text === '') onLeave();
            setText('');
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === ''}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {matches.map((node, index) => {
            const Icon = iconOf[node.type];
            return (
              <Combobox.Option key={node.id} value={node.id} selected={index === 0}>
                <span className={`stack center gap-8 ${styles.found}`}>
                  <Icon size={15} stroke={1.6} />
                  <span className="cut">{displayTitle(node.title, node.type)}</span>
                  <span className="dim cut">{typeAndUniversity(node, model.titles)}</span>
                </span>
              </Combobox.Option>
            );
          })}
          {matches.length === 0 && <Combobox.Empty>{t('common:nothingFound')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
