import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTexts } from '../../../i18n/setup.ts';

interface Props {
  byName: boolean;
  value: string;
  onChange: (text: string) => void;
}

/** The search field, whose label says whether only names are searched. */
export function CompareSearch({ byName, value, onChange }: Props) {
  const { t } = useTexts('compare');
  const label = t(byName ? 'grid:findByName' : 'compare:searchAll');
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
