import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject, SyntheticEvent } from 'react';
import type { ListView } from '#shared/address/view.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { inSentence, typeNames } from '../../../text/names.ts';
import { contextAt, useSuggestions } from './typed/useSuggestions.ts';
import { tokensOf } from './typed/tokens.ts';
import type { Suggestion } from './typed/useSuggestions.ts';
import styles from './filters.module.css';
import { useTypedFilters } from './useTypedFilters.ts';

interface Props {
  view: ListView;
  searchRef: RefObject<HTMLInputElement | null>;
  onFocusRows: () => void;
}

/** The box above a list: words that titles must contain, and conditions such as `size>=5` that become chips. */
export function FilterBox({ view, searchRef, onFocusRows }: Props) {
  const { t } = useTexts('grid');
  const typedFilters = useTypedFilters(view);
  const { text, problem, lexicon } = typedFilters;
  const [caret, setCaret] = useState(0);
  const [isDismissed, setIsDismissed] = useState(true);
  const context = isDismissed ? null : contextAt(lexicon, text, caret);
  const options = useSuggestions(lexicon, view.type, context).filter(
    ({ insert }) => context === null || insert !== text.slice(context.from, context.to),
  );
  const isOpen = problem !== null || (context !== null && options.length > 0);
  const combobox = useCombobox({ opened: isOpen });
  const label = t('grid:searchIn', { what: inSentence(typeNames(view.type)) });

  // Set before the next key is handled, which would otherwise be inserted before the new text.
  const nextCaret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (nextCaret.current !== null)
      searchRef.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  });

  const updateCaret = ({ currentTarget }: SyntheticEvent<HTMLInputElement>): void =>
    setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
  const insertSuggestion = ({ insert }: Suggestion): void => {
    if (!context) return;
    const newText = text.slice(0, context.from) + insert + text.slice(context.to);
    const newCaret = context.from + insert.length;
    typedFilters.write(newText);
    setCaret(newCaret);
    combobox.resetSelectedOption();
    nextCaret.current = newCaret;
  };
  /** Whether the token before the caret has no open quote, so that a blank ends it. */
  const isTokenClosed = (): boolean =>
    tokensOf(text).find(({ from, to }) => from < caret && caret <= to)?.isClosed ?? false;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const selectedIndex = isOpen && options.length > 0 ? combobox.getSelectedOptionIndex() : -1;
    const suggestion = options[selectedIndex];
    // In the value of a condition, arrow keys do not move to the rows, because suggestions may be loading.
    const isInCondition = context !== null && context.kind !== 'field';
    if (event.key === 'Escape') {
      if (!isOpen && text === '') return;
      event.preventDefault();
      event.stopPropagation();
      if (!isOpen) typedFilters.write('');
      else {
        setIsDismissed(true);
        typedFilters.clearProblem();
      }
    } else if (event.key === 'Tab' && suggestion && !event.shiftKey) {
      event.preventDefault();
      insertSuggestion(suggestion);
    } else if (event.key === 'Enter') {
      // With a selected suggestion, the list handles the key.
      if (suggestion) return;
      event.preventDefault();
      if (typedFilters.hasConditions()) typedFilters.apply();
      else if (!isInCondition) onFocusRows();
    } else if (event.key === ' ' && isTokenClosed() && typedFilters.hasConditions()) {
      typedFilters.apply();
    } else if (event.key === 'ArrowDown' && options.length === 0) {
      event.preventDefault();
      if (!isInCondition) onFocusRows();
    } else if (event.key === 'Backspace' && text === '') typedFilters.removeLast();
  };

  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      onOptionSubmit={(index) => {
        const option = options[Number(index)];
        if (option) insertSuggestion(option);
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
            typedFilters.write(event.currentTarget.value);
            updateCaret(event);
            setIsDismissed(false);
            combobox.resetSelectedOption();
          }}
          onSelect={updateCaret}
          onBlur={() => {
            setIsDismissed(true);
            typedFilters.clearProblem();
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
