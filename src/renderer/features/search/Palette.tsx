/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no HTML element is a list box with headings and rich options */
import { Group, Kbd } from '@mantine/core';
import { Spotlight, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
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
  takeReturnFocus,
} from '../../commands/palette-state.ts';
import { navigate, currentAddress, openTab } from '../../stores/address.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { recordPlaces } from '../../stores/recent-places.ts';
import { focusViewUnlessMoved } from '../../ui/focus.ts';
import { MarkedText } from '../../ui/MarkedText.tsx';
import { clearPassage } from '../records/notes/found-passage.ts';
import type { Entry } from './entry.ts';
import { parseQuery, useResults } from './useResults.ts';
import classes from './palette.module.css';

const listId = 'search-results';
const drawableTypes: ReadonlySet<string> = new Set([...nodeType.options, 'interface']);

/** Milliseconds that an opened view has to take the focus. */
const focusDelayMs = 80;

/** The view of a found record, given the front view: a record replaces a record in its own tab, and a network shows records it can draw. */
export function viewInPlace(view: View, current: View): View {
  if (view.kind !== 'list' || view.panel?.kind !== 'record') return view;
  const { panel, type, deleted } = view;
  if (current.kind === 'record') return recordPage(type, panel.id, panel.tab);
  const isDrawn = isDrawing(current) && drawableTypes.has(type) && deleted !== 'only';
  return isDrawn ? { ...current, panel } : view;
}

function KeyHint({ keys, text }: { keys: string; text: string }) {
  return (
    <span>
      <Kbd>{keys}</Kbd> {text}
    </span>
  );
}

interface ContentProps {
  onOpen: (entry: Entry, isInNewTab: boolean) => void;
}

/** Search field and results. Enter pressed while results load opens the selected result when they have arrived. */
function PaletteContent({ onOpen }: ContentProps) {
  const { t } = useTexts('search');
  const { query, selected } = useSpotlight(store);
  const { groups, pending, failed } = useResults(query);
  const entries = groups.flatMap((group) => group.entries);
  const input = useRef<HTMLInputElement>(null);
  const opensInNewTab = useRef(false);
  const isEnterPending = useRef(false);
  useLayoutEffect(() => input.current?.focus(), []);
  const activeEntry = entries[Math.max(0, selected)];
  const shownIds = entries.map(({ id }) => id).join('\n');
  const selectedId = useRef<string>(undefined);
  // True after an entry extended the list: its index stays selected, which then is the first added entry.
  const isExtended = useRef(false);
  // Keeps an entry that arrow keys selected when more results arrive. A layout effect runs before the next key event.
  useLayoutEffect(() => {
    if (shownIds === '') return;
    const state = store.getState();
    const ids = shownIds.split('\n');
    const entryIndex = state.selected > 0 ? ids.indexOf(selectedId.current ?? '') : 0;
    const newIndex = isExtended.current ? state.selected : entryIndex;
    isExtended.current = false;
    store.setState({ ...state, selected: Math.max(0, newIndex) });
  }, [shownIds, selectedId]);
  useLayoutEffect(() => {
    selectedId.current = activeEntry?.id;
  });
  const choose = (entry: Entry | undefined, isInNewTab: boolean): void => {
    if (entry?.keepsOpen) {
      isExtended.current = entry.run !== undefined;
      entry.run?.();
    } else if (entry) onOpen(entry, isInNewTab);
  };
  useEffect(() => {
    if (pending || !isEnterPending.current) return;
    isEnterPending.current = false;
    if (activeEntry) onOpen(activeEntry, opensInNewTab.current);
  });
  // Captured, because the library would click the option that it marked in the document, which can be another one than the selected.
  const onKeyDownCapture = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    opensInNewTab.current = event.ctrlKey || event.metaKey;
    isEnterPending.current = pending;
    if (!pending) choose(entries[Math.max(0, store.getState().selected)], opensInNewTab.current);
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
        {...(activeEntry ? { 'aria-activedescendant': `result-${activeEntry.id}` } : {})}
        placeholder={t('frame:search')}
        maxLength={200}
        spellCheck={false}
        leftSection={<IconSearch size={17} stroke={1.6} />}
        wrapperProps={{ onKeyDownCapture }}
        onFocus={releaseKeys}
        onChange={() => (isEnterPending.current = false)}
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
              <Option
                key={entry.id}
                entry={entry}
                isActive={entry.id === activeEntry?.id}
                onChoose={choose}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
      {entries.length === 0 && !failed && (
        <Spotlight.Empty>
          {pending ? t('searching') : t('nothing', { query: query.trim() })}
          {!pending && !parseQuery(query).onlyCommands && <div>{t('nothingMore')}</div>}
        </Spotlight.Empty>
      )}
      <output className="unseen">
        {pending ? '' : t('found', { count: entries.filter(({ keepsOpen }) => !keepsOpen).length })}
      </output>
      <Spotlight.Footer className={classes['hints'] ?? ''} aria-hidden>
        <KeyHint keys={shortcutText('Enter')} text={t('hint.open')} />
        <KeyHint keys={shortcutText('mod+Enter')} text={t('hint.tab')} />
        <KeyHint keys=">" text={t('hint.commands')} />
        <KeyHint keys={shortcutText('Escape')} text={t('hint.close')} />
      </Spotlight.Footer>
    </>
  );
}

interface OptionProps {
  entry: Entry;
  isActive: boolean;
  onChoose: (entry: Entry, isInNewTab: boolean) => void;
}

function Option({ entry, isActive, onChoose }: OptionProps) {
  const { id, icon: Icon, label, aside, more, excerpt, shortcut, deleted, refused } = entry;
  // The library renders any node here; its type allows only strings for its own filter.
  const description: unknown =
    more !== undefined && excerpt ? <MarkedText before={more} excerpt={excerpt} /> : more;
  return (
    <Spotlight.Action
      // The library ignores an id prop.
      ref={(element: HTMLElement | null) => element?.setAttribute('id', `result-${id}`)}
      role="option"
      aria-selected={isActive}
      data-selected={isActive || undefined}
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
      onClick={(event) => onChoose(entry, event.ctrlKey || event.metaKey)}
    />
  );
}

/** The palette: records, sandboxes, saved views, commands with keys, help terms, and recent addresses. */
export default function Palette() {
  const { t } = useTexts('search');
  const workspaceId = useWorkspace().data?.id;
  useEffect(() => (workspaceId === undefined ? undefined : recordPlaces(workspaceId)), [workspaceId]);
  const restoreFocus = useCallback((): void => {
    const [previousAddress, element] = [currentAddress(), takeReturnFocus()];
    if (element?.isConnected) element.focus({ preventScroll: true });
    setTimeout(() => {
      if (currentAddress() !== previousAddress && !store.getState().opened) focusViewUnlessMoved(element);
    }, focusDelayMs);
  }, []);

  const openEntry = ({ view, run, prepare }: Entry, isInNewTab: boolean): void => {
    closePalette();
    restoreFocus();
    const currentView = currentAddress().view;
    if (prepare) prepare();
    else if (view) clearPassage();
    if (!view) run?.();
    // A network does not need a second tab for one record.
    else if (isInNewTab) openTab(currentView.kind === 'network' ? view : viewInPlace(view, currentView));
    else navigate(viewInPlace(view, currentView));
  };

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      onSpotlightClose={restoreFocus}
      size={600}
      centered={false}
      yOffset={56}
      zIndex={300}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.18 }}
      attributes={{ content: { 'aria-label': t('label'), 'data-keeps-focus': true } }}
    >
      <PaletteContent onOpen={openEntry} />
    </Spotlight.Root>
  );
}
