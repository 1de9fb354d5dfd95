import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Where differences are looked for by name. */
export function CompareSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('compare');
  return (
    <TextInput
      className="compare-search"
      size="xs"
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={14} stroke={1.6} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
