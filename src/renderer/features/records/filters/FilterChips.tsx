import { CloseButton } from '@mantine/core';
import { useState } from 'react';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ListView } from '#shared/address/view.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { FloatingPanel } from '../../../ui/FloatingPanel.tsx';
import { useCustomFields } from '../custom-fields.ts';
import { FilterEditor } from './FilterEditor.tsx';
import { chipText, filterField, chipsOf, replaceChip } from './model.ts';
import { typedText } from './typed/lexicon.ts';
import { useValueNames } from './value-names.ts';
import { adjustList } from '../../../stores/address.ts';
import { SaveView } from '../../views/ViewTitle.tsx';
import styles from '../narrowing.module.css';

interface Props {
  type: EntityType;
  filters: readonly Filter[];
  onChange: (filters: readonly Filter[]) => void;
}

export function FilterChip({ type, filters, onChange }: Props) {
  const { t } = useTexts('grid');
  const [opened, setOpened] = useState(false);
  const field = filterField(type, filters[0]?.field ?? '', useCustomFields(type));
  const text = chipText(field, filters, useValueNames(field, filters));
  const queryText = filters.map((filter) => typedText(type, filter)).join(' ');
  return (
    <span className="inline tiny medium accent on-accent chip">
      <FloatingPanel
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        width={264}
        renderButton={(button) => (
          <button
            {...button}
            type="button"
            className={`full-y ${styles.chipText} cut`}
            title={`${text}\n${t('views:typed.as', { typed: queryText })}`}
          >
            {text}
          </button>
        )}
      >
        <FilterEditor
          type={type}
          field={field}
          filters={filters}
          onDone={(next) => {
            setOpened(false);
            onChange(next);
          }}
        />
      </FloatingPanel>
      <CloseButton
        size={18}
        iconSize={13}
        className={styles.chipClose}
        aria-label={t('common:removeFilter', { filter: text })}
        onClick={() => onChange([])}
      />
    </span>
  );
}

export function FilterChips({ view }: { view: ListView }) {
  const { type, filters } = view;
  return (
    <div className="wrap gap-8 line-below px-12 py-8 list-chips">
      {chipsOf(filters).map((chip) => (
        <FilterChip
          key={`${chip.indexes.join()}/${chip.filters[0]?.field}`}
          type={type}
          filters={chip.filters}
          onChange={(next) => adjustList({ filters: replaceChip(filters, chip, next) })}
        />
      ))}
      <SaveView />
    </div>
  );
}
