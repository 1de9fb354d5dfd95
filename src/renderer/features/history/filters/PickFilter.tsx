import { Combobox, useCombobox } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { closing } from '../../../ui/escape.ts';
import { FilterPill, PillWords } from './FilterPill.tsx';

export interface Option {
  value: string;
  label: string;
  /** What tells it from others of the same label. */
  hint?: string;
}

interface Props {
  label: string;
  /** What is chosen, or ''. */
  value: string;
  /** What is chosen as it reads. */
  shown: string;
  options: readonly Option[];
  onPick: (value: string) => void;
  /** Given when the options are looked up by what is typed; otherwise they are narrowed here. */
  onText?: (text: string) => void;
  /** Offers a field to type into. */
  searchable?: boolean;
}

/** One filter: a button that says what is chosen, and a list to choose from. */
export function PickFilter({ label, value, shown, options, onPick, onText, searchable = false }: Props) {
  const { t } = useTranslation('history');
  const [text, setText] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setText('');
      onText?.('');
    },
    onDropdownOpen: () => {
      if (searchable) combobox.focusSearchInput();
      combobox.selectActiveOption();
    },
  });
  const write = (typed: string): void => {
    setText(typed);
    onText?.(typed);
    combobox.updateSelectedOptionIndex();
  };
  // One Esc closes the list and nothing behind it.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    closing(() => combobox.closeDropdown(), combobox.dropdownOpened)(event);
  };
  const wanted = text.trim().toLowerCase();
  const fitting = onText ? options : options.filter((option) => option.label.toLowerCase().includes(wanted));
  return (
    <Combobox
      store={combobox}
      width={240}
      position="bottom-start"
      onOptionSubmit={(picked) => {
        onPick(picked);
        combobox.closeDropdown();
      }}
    >
      <FilterPill label={label} set={value !== ''} onClear={() => onPick('')}>
        <Combobox.Target targetType="button">
          <button
            type="button"
            className="history-filter-button"
            onClick={() => combobox.toggleDropdown()}
            onKeyDown={onKeyDown}
          >
            <PillWords label={label} shown={value === '' ? '' : shown} />
          </button>
        </Combobox.Target>
      </FilterPill>
      <Combobox.Dropdown>
        {searchable && (
          <Combobox.Search
            value={text}
            onChange={(event) => write(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            placeholder={t('filter.find')}
            aria-label={t('filter.find')}
          />
        )}
        <Combobox.Options mah={280} className="history-options" aria-label={label}>
          {fitting.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === value}>
              <span className="history-option">
                <span>{option.label}</span>
                {option.hint !== undefined && <span className="dim">{option.hint}</span>}
              </span>
            </Combobox.Option>
          ))}
          {fitting.length === 0 && <Combobox.Empty>{t('filter.none')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
