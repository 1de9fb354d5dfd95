import { Kbd, Loader, Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dropKeys, earlyKeys } from '../../ui/early-keys.ts';
import { focusArrived } from '../../ui/focus.ts';
import { shown } from '../../commands/keys.ts';
import { closePalette, usePalette } from '../../commands/palette-state.ts';
import { go, here, openTab } from '../../stores/address.ts';
import { useWorkspace } from '../../stores/profile.ts';
import type { Entry } from './entry.ts';
import { inPlace } from './inPlace.ts';
import { elementId, listId, ResultList } from './ResultList.tsx';
import { followPlaces } from '../../stores/recent-places.ts';
import { useChoice } from './useChoice.ts';
import { readQuery } from './fits.ts';
import { useResults } from './useResults.ts';
import './search.css';

/** How long what was opened may take to be there for the focus, in milliseconds. */
const rest = 80;

function Hints() {
  const { t } = useTranslation('search');
  return (
    <footer className="search-hints" aria-hidden>
      <span>
        <Kbd>{shown('Enter')}</Kbd> {t('hint.open')}
      </span>
      <span>
        <Kbd>{shown('mod+Enter')}</Kbd> {t('hint.tab')}
      </span>
      <span>
        <Kbd>&gt;</Kbd> {t('hint.commands')}
      </span>
      <span>
        <Kbd>{shown('Escape')}</Kbd> {t('hint.close')}
      </span>
    </footer>
  );
}

interface BoxProps {
  /** The box is there and has not taken the focus yet. */
  onOpen: () => void;
  onTake: (entry: Entry, inTab: boolean) => void;
}

/** The box itself, new each time it is opened: nothing of what was typed before is left. */
function Box({ onOpen, onTake }: BoxProps) {
  const { t } = useTranslation('search');
  const [typed, setTyped] = useState(() => earlyKeys().text);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    onOpen();
    // At once: a key that comes right after the one that opened the box belongs to it.
    input.current?.focus();
    const { entered } = earlyKeys();
    dropKeys();
    if (entered) input.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }, [onOpen]);
  const results = useResults(typed, true);
  const { groups, pending, failed } = results;
  const { active, waiting, onKeyDown } = useChoice(typed, results, onTake);
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <>
      <div className="search-line">
        <IconSearch size={17} stroke={1.6} />
        <input
          ref={input}
          data-autofocus
          type="text"
          role="combobox"
          aria-expanded={count > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-label={t('label')}
          {...(active ? { 'aria-activedescendant': elementId(active) } : {})}
          placeholder={t('placeholder')}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {waiting && <Loader size={14} color="gray" />}
      </div>
      {failed && <p className="search-note">{t('failed')}</p>}
      <ResultList groups={groups} active={active} onTake={onTake} />
      {count === 0 && !failed && (
        <p className="search-note">
          {pending ? t('searching') : t('nothing', { query: typed.trim() })}
          {!pending && !readQuery(typed).onlyCommands && (
            <>
              <br />
              {t('nothingMore')}
            </>
          )}
        </p>
      )}
      <output className="unseen">{pending ? '' : t('found', { count })}</output>
      <Hints />
    </>
  );
}

/** One box for everything: records by name, sandboxes, saved views, commands with their keys, words of the help, and places where one was. */
export default function SearchBox() {
  const { t } = useTranslation('search');
  const { opened } = usePalette();
  const workspace = useWorkspace().data?.id;
  const before = useRef<HTMLElement | null>(null);

  useEffect(() => (workspace === undefined ? undefined : followPlaces(workspace)), [workspace]);

  const remember = useCallback((): void => {
    const { activeElement } = document;
    const own = activeElement?.closest('.search') !== null;
    if (activeElement instanceof HTMLElement && !own) before.current = activeElement;
  }, []);

  /** Gives the focus back to where it was; who has gone elsewhere wants it there. */
  const leave = useCallback((): void => {
    closePalette();
    const [from, element] = [here(), before.current];
    before.current = null;
    if (element?.isConnected) element.focus({ preventScroll: true });
    setTimeout(() => {
      // Who has opened the box again meanwhile types into it, and into nothing else.
      if (here() !== from && !usePalette.getState().opened) focusArrived(element);
    }, rest);
  }, []);

  const take = useCallback(
    ({ view, run }: Entry, inTab: boolean): void => {
      leave();
      const now = here().view;
      if (!view) run?.();
      // A second network would be more than a tab for one record.
      else if (inTab) openTab(now.kind === 'network' ? view : inPlace(view, now));
      else go(inPlace(view, now));
    },
    [leave],
  );

  return (
    <Modal
      opened={opened}
      onClose={leave}
      withCloseButton={false}
      size={600}
      centered={false}
      yOffset={56}
      padding={0}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.18 }}
      attributes={{ content: { 'aria-label': t('label'), 'data-keeps-focus': true } }}
      classNames={{ content: 'search' }}
    >
      <Box onOpen={remember} onTake={take} />
    </Modal>
  );
}
