import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTexts } from '../../../i18n/setup.ts';

interface Chip<Shown> {
  shown: Shown;
  text: string;
  className?: string;
}

interface Props<Shown> {
  label: string;
  chips: readonly Chip<Shown>[];
  shown: Shown;
  onShown: (shown: Shown) => void;
}

/** Buttons with the numbers of differing records by kind; each sets the filter. */
export function CompareChips<Shown extends string | null>({ label, chips, shown, onShown }: Props<Shown>) {
  return (
    <fieldset className="flex wrap gap-8 compare-chips" aria-label={label}>
      {chips.map(({ shown: value, text, className = '' }) => (
        <button
          key={value ?? ''}
          type="button"
          className={`dim px-12 pointer compare-chip ${className}`}
          aria-pressed={shown === value}
          onClick={() => onShown(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}

interface SearchProps {
  isNameSearch: boolean;
  value: string;
  onChange: (text: string) => void;
}

/** The search field, whose label says whether only names are searched. */
export function CompareSearch({ isNameSearch, value, onChange }: SearchProps) {
  const { t } = useTexts('compare');
  const label = t(isNameSearch ? 'grid:findByName' : 'compare:searchAll');
  return (
    <TextInput
      className="push w-220"
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} stroke={1.6} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
