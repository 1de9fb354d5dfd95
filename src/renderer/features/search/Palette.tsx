/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no element of HTML is a list box with headings and more than words in its options */
import { Group, Kbd } from '@mantine/core';
import { Spotlight, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { nodeType } from '#shared/contract/network.ts';
import { isDrawing, recordPage } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import '@mantine/spotlight/styles.layer.css';
import { useTexts } from '../../i18n/setup.ts';
import { shortcutText } from '../../commands/keys.ts';
import {
  closePalette,
  paletteStore as store,
  releaseKeys,
  takeOpener,
} from '../../commands/palette-state.ts';
import { navigate, currentAddress, openTab } from '../../stores/address.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { followPlaces } from '../../stores/recent-places.ts';
import { focusArrived } from '../../ui/focus.ts';
import { MarkedText } from '../../ui/MarkedText.tsx';
import { forgetPassage } from '../records/notes/found-passage.ts';
import type { Entry } from './entry.ts';
import { readQuery, useResults } from './useResults.ts';
import classes from './palette.module.css';

const listId = 'search-results';
const drawn: ReadonlySet<string> = new Set([...nodeType.options, 'interface']);

/** Milliseconds in which an opened view may take the focus. */
const arrival = 80;

/** The view of a found record, given the front view: a record replaces a record in its own tab, and a network shows records it can draw. */
export function inPlace(view: View, now: View): View {
  if (view.kind !== 'list' || view.panel?.kind !== 'record') return view;
  const { panel, type, deleted } = view;
  if (now.kind === 'record') return recordPage(type, panel.id, panel.tab);
  const isDrawn = isDrawing(now) && drawn.has(type) && deleted !== 'only';
  return isDrawn ? { ...now, panel } : view;
}

function Hint({ keys, text }: { keys: string; text: string }) {
  return (
    <span>
      <Kbd>{keys}</Kbd> {text}
    </span>
  );
}

interface ContentProps {
  onTake: (entry: Entry, inTab: boolean) => void;
}

/** Search field and results. Enter pressed while results are on their way takes the first one once they are there. */
function Content({ onTake }: ContentProps) {
  const { t } = useTexts('search');
  const { query, selected } = useSpotlight(store);
  const { groups, pending, failed } = useResults(query);
  const entries = groups.flatMap((group) => group.entries);
  const input = useRef<HTMLInputElement>(null);
  const inTab = useRef(false);
  const entered = useRef(false);
  useLayoutEffect(() => input.current?.focus(), []);
  const active = entries[Math.max(0, selected)];
  const shownIds = entries.map(({ id }) => id).join('\n');
  const picked = useRef<string>(undefined);
  // An entry that extends the list is replaced by its first addition, which is selected.
  const changesList = useRef(false);
  // Keeps an entry selected by arrow keys when more results arrive. Before the next key event.
  useLayoutEffect(() => {
    if (shownIds === '') return;
    const state = store.getState();
    const ids = shownIds.split('\n');
    const stays = changesList.current;
    changesList.current = false;
    const at = stays ? state.selected : state.selected > 0 ? ids.indexOf(picked.current ?? '') : 0;
    store.setState({ ...state, selected: Math.max(0, at) });
  }, [shownIds]);
  useLayoutEffect(() => {
    picked.current = active?.id;
  });
  useEffect(() => {
    if (pending || !entered.current) return;
    entered.current = false;
    const [first] = entries;
    if (first) onTake(first, inTab.current);
  });

  const onKeyDown = ({ key, ctrlKey, metaKey }: KeyboardEvent): void => {
    if (key === 'Enter') [inTab.current, entered.current] = [ctrlKey || metaKey, pending];
  };
  const onClick = (event: MouseEvent, entry: Entry): void => {
    const byKey = event.detail === 0;
    if (byKey && pending) return;
    if (entry.keepsOpen) {
      changesList.current = entry.run !== undefined;
      entry.run?.();
    } else onTake(entry, byKey ? inTab.current : event.ctrlKey || event.metaKey);
  };
  return (
    <>
      <Spotlight.Search
        ref={input}
        className={classes['search'] ?? ''}
        role="combobox"
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-label={t('label')}
        {...(active ? { 'aria-activedescendant': `result-${active.id}` } : {})}
        placeholder={t('frame:search')}
        maxLength={200}
        spellCheck={false}
        leftSection={<IconSearch size={17} stroke={1.6} />}
        onKeyDown={onKeyDown}
        onFocus={releaseKeys}
        onChange={() => (entered.current = false)}
      />
      {failed && <Spotlight.Empty>{t('failed')}</Spotlight.Empty>}
      <Spotlight.ActionsList
        id={listId}
        role="listbox"
        aria-label={t('results')}
        className={classes['results'] ?? ''}
      >
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.id} label={group.label} role="group" aria-label={group.label}>
            {group.entries.map((entry) => (
              <Option key={entry.id} entry={entry} active={entry.id === active?.id} onClick={onClick} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
      {entries.length === 0 && !failed && (
        <Spotlight.Empty>
          {pending ? t('searching') : t('nothing', { query: query.trim() })}
          {!pending && !readQuery(query).onlyCommands && <div>{t('nothingMore')}</div>}
        </Spotlight.Empty>
      )}
      <output className="unseen">
        {pending ? '' : t('found', { count: entries.filter(({ keepsOpen }) => !keepsOpen).length })}
      </output>
      <Spotlight.Footer className={classes['hints'] ?? ''} aria-hidden>
        <Hint keys={shortcutText('Enter')} text={t('hint.open')} />
        <Hint keys={shortcutText('mod+Enter')} text={t('hint.tab')} />
        <Hint keys=">" text={t('hint.commands')} />
        <Hint keys={shortcutText('Escape')} text={t('hint.close')} />
      </Spotlight.Footer>
    </>
  );
}

interface OptionProps {
  entry: Entry;
  active: boolean;
  onClick: (event: MouseEvent, entry: Entry) => void;
}

function Option({ entry, active, onClick }: OptionProps) {
  const { id, icon: Icon, label, aside, more, excerpt, shortcut, deleted, refused } = entry;
  // The library renders any node here; its type allows only strings for its own filter.
  const description: unknown =
    more !== undefined && excerpt ? <MarkedText before={more} excerpt={excerpt} /> : more;
  return (
    <Spotlight.Action
      // The library ignores an id prop.
      ref={(element: HTMLElement | null) => element?.setAttribute('id', `result-${id}`)}
      role="option"
      aria-selected={active}
      data-selected={active || undefined}
      aria-disabled={refused ? true : undefined}
      closeSpotlightOnTrigger={false}
      label={label}
      {...(description === undefined ? {} : { description: description as string })}
      classNames={{
        action: classes['action'] ?? '',
        actionDescription: excerpt ? (classes['excerpt'] ?? '') : '',
        actionLabel: (deleted ? classes['deleted'] : refused ? classes['refused'] : '') ?? '',
      }}
      leftSection={<Icon size={17} stroke={1.6} />}
      rightSection={
        aside === undefined && shortcut === undefined ? null : (
          <Group gap="sm" wrap="nowrap">
            {aside}
            {shortcut !== undefined && <Kbd>{shortcutText(shortcut)}</Kbd>}
          </Group>
        )
      }
      onClick={(event) => onClick(event, entry)}
    />
  );
}

/** The palette: records, sandboxes, saved views, commands with keys, help terms, and recent addresses. */
export default function Palette() {
  const { t } = useTexts('search');
  const workspace = useWorkspace().data?.id;
  useEffect(() => (workspace === undefined ? undefined : followPlaces(workspace)), [workspace]);
  const leave = useCallback((): void => {
    const [from, element] = [currentAddress(), takeOpener()];
    if (element?.isConnected) element.focus({ preventScroll: true });
    setTimeout(() => {
      if (currentAddress() !== from && !store.getState().opened) focusArrived(element);
    }, arrival);
  }, []);

  const take = ({ view, run, prepare }: Entry, inTab: boolean): void => {
    closePalette();
    leave();
    const now = currentAddress().view;
    if (prepare) prepare();
    else if (view) forgetPassage();
    if (!view) run?.();
    // A network does not need a second tab for one record.
    else if (inTab) openTab(now.kind === 'network' ? view : inPlace(view, now));
    else navigate(inPlace(view, now));
  };

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      onSpotlightClose={leave}
      size={600}
      centered={false}
      yOffset={56}
      zIndex={300}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.18 }}
      attributes={{ content: { 'aria-label': t('label'), 'data-keeps-focus': true } }}
    >
      <Content onTake={take} />
    </Spotlight.Root>
  );
}
