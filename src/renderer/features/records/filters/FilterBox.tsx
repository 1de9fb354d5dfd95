import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject, SyntheticEvent } from 'react';
import type { ListView } from '#shared/address/view.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { inSentence, typeNames } from '../../../text/names.ts';
import { caretAt, useSuggestions } from './typed/useSuggestions.ts';
import { tokensOf } from './typed/tokens.ts';
import type { Suggestion } from './typed/useSuggestions.ts';
import styles from './filters.module.css';
import { useTypedFilters } from './useTypedFilters.ts';

interface Props {
  view: ListView;
  searchRef: RefObject<HTMLInputElement | null>;
  onRows: () => void;
}

/** The box above a list: words that titles must contain, and conditions such as `size>=5` that become chips. */
export function FilterBox({ view, searchRef, onRows }: Props) {
  const { t } = useTexts('grid');
  const typed = useTypedFilters(view);
  const { text, problem, lexicon } = typed;
  const [caret, setCaret] = useState(0);
  const [dismissed, setDismissed] = useState(true);
  const place = dismissed ? null : caretAt(lexicon, text, caret);
  const options = useSuggestions(lexicon, view.type, place).filter(
    ({ insert }) => place === null || insert !== text.slice(place.from, place.to),
  );
  const opened = problem !== null || (place !== null && options.length > 0);
  const combobox = useCombobox({ opened });
  const label = t('grid:searchIn', { what: inSentence(typeNames(view.type)) });

  // Before the next key, which must not be inserted before the new text.
  const placed = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (placed.current !== null) searchRef.current?.setSelectionRange(placed.current, placed.current);
    placed.current = null;
  });

  const follow = ({ currentTarget }: SyntheticEvent<HTMLInputElement>): void =>
    setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
  const take = ({ insert }: Suggestion): void => {
    if (!place) return;
    const next = text.slice(0, place.from) + insert + text.slice(place.to);
    const at = place.from + insert.length;
    typed.write(next);
    setCaret(at);
    combobox.resetSelectedOption();
    placed.current = at;
  };
  /** The token before the caret ends with a blank. */
  const ended = (): boolean =>
    tokensOf(text).find(({ from, to }) => from < caret && caret <= to)?.closed ?? false;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const chosen = opened && options.length > 0 ? combobox.getSelectedOptionIndex() : -1;
    const suggestion = options[chosen];
    // In the value of a condition, arrow keys do not move to the rows, because suggestions may be loading.
    const within = place !== null && place.kind !== 'field';
    if (event.key === 'Escape') {
      if (!opened && text === '') return;
      event.preventDefault();
      event.stopPropagation();
      if (!opened) typed.write('');
      else {
        setDismissed(true);
        typed.forgive();
      }
    } else if (event.key === 'Tab' && suggestion && !event.shiftKey) {
      event.preventDefault();
      take(suggestion);
    } else if (event.key === 'Enter') {
      // With a selected suggestion, the list handles the key.
      if (suggestion) return;
      event.preventDefault();
      if (typed.ready()) typed.settle();
      else if (!within) onRows();
    } else if (event.key === ' ' && ended() && typed.ready()) {
      typed.settle();
    } else if (event.key === 'ArrowDown' && options.length === 0) {
      event.preventDefault();
      if (!within) onRows();
    } else if (event.key === 'Backspace' && text === '') typed.removeLast();
  };

  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      onOptionSubmit={(index) => {
        const option = options[Number(index)];
        if (option) take(option);
      }}
    >
      <Combobox.Target withExpandedAttribute={false}>
        <TextInput
          ref={searchRef}
          className="list-search"
          type="search"
          aria-label={label}
          placeholder={t('grid:findByName')}
          spellCheck={false}
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={text}
          onChange={(event) => {
            typed.write(event.currentTarget.value);
            follow(event);
            setDismissed(false);
            combobox.resetSelectedOption();
          }}
          onSelect={follow}
          onBlur={() => {
            setDismissed(true);
            typed.forgive();
          }}
          onKeyDown={onKeyDown}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        {problem !== null && (
          <p role="alert" className="small bad pad-8">
            {problem}
          </p>
        )}
        {options.length > 0 && (
          <Combobox.Options aria-label={t('views:typed.suggestions')} mah={300} className="scroll-y">
            {options.map((option, index) => (
              <Combobox.Option key={option.insert} value={String(index)}>
                <span className="flex baseline apart gap-12 small">
                  <span className="cut">{option.label}</span>
                  <span className={`rigid tiny dim ${styles.hint}`}>{option.hint}</span>
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        )}
        {options.length > 0 && (
          <Combobox.Footer className="tiny dim px-8 py-4">{t('views:typed.hint')}</Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
