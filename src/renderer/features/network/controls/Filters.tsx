import { Menu } from '@mantine/core';
import { IconEye, IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import type { NetworkFilter, NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { inSentence, typeName, typeNames } from '../../../text/names.ts';
import { QuietButton } from '../../../ui/QuietButton.tsx';
import { FilterChip } from '../../records/filters/FilterChips.tsx';
import { FilterMenu } from '../../records/filters/FilterMenu.tsx';
import styles from '../network.module.css';

interface Props {
  view: NetworkView;
  onChange: (filters: readonly NetworkFilter[]) => void;
}

function replaceFilter(
  filters: readonly NetworkFilter[],
  index: number,
  newFilters: readonly Filter[],
): readonly NetworkFilter[] {
  return filters.flatMap((entry, entryIndex) =>
    entryIndex === index ? newFilters.map((filter) => ({ type: entry.type, filter })) : entry,
  );
}

/** The list filters by type: a chip for each, and a menu to add one. */
export function Filters({ view: { types, filters }, onChange }: Props) {
  const { t } = useTexts('network');
  const [addingType, setAddingType] = useState<NodeType | null>(null);
  const [firstType] = types;
  const type = addingType ?? (types.length === 1 ? firstType : undefined);
  return (
    <div className="wrap gap-8 line-below px-12 py-8 list-chips">
      {filters.map(({ type: filterType, filter }, index) =>
        types.includes(filterType) ? (
          <span key={`${index}/${filterType}/${filter.field}`} className={`inline ${styles.chip}`}>
            {types.length > 1 && (
              <span className={`tiny dim sunken ${styles.chipType}`}>{typeName(filterType)}</span>
            )}
            <FilterChip
              type={filterType}
              filters={[filter]}
              onChange={(newFilters) => onChange(replaceFilter(filters, index, newFilters))}
            />
          </span>
        ) : null,
      )}
      {type ? (
        <FilterMenu
          type={type}
          opened={addingType !== null}
          onOpened={(opened) => setAddingType(opened ? type : null)}
          onAdd={(addedFilters) =>
            onChange([...filters, ...addedFilters.map((filter) => ({ type, filter }))])
          }
        />
      ) : (
        <Menu width={180}>
          <Menu.Target>
            <QuietButton icon={IconFilter} aria-label={t('grid:filter')}>
              <span className="tool-word">{t('grid:filter')}</span>
            </QuietButton>
          </Menu.Target>
          <Menu.Dropdown>
            {types.map((option) => (
              <Menu.Item key={option} onClick={() => setTimeout(() => setAddingType(option))}>
                {t('filterOf', { what: inSentence(typeNames(option)) })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

interface TypesProps {
  types: readonly NodeType[];
  options?: readonly NodeType[];
  onTypes: (types: readonly NodeType[]) => void;
  references?: { shown: boolean; onChange: (shown: boolean) => void };
}

export function TypesMenu({ types, options = nodeType.options, onTypes, references }: TypesProps) {
  const { t } = useTexts('network');
  const toggle = (type: NodeType): void => {
    const nextTypes = nodeType.options.filter((other) =>
      other === type ? !types.includes(other) : types.includes(other),
    );
    if (nextTypes.length > 0) onTypes(nextTypes);
  };
  return (
    <Menu closeOnItemClick={false} width={270}>
      <Menu.Target>
        <QuietButton icon={IconEye} aria-label={t('common:show')}>
          <span className="tool-word">{t('common:show')}</span>
        </QuietButton>
      </Menu.Target>
      <Menu.Dropdown>
        {options.map((type) => (
          <Menu.CheckboxItem key={type} checked={types.includes(type)} onChange={() => toggle(type)}>
            {typeNames(type)}
          </Menu.CheckboxItem>
        ))}
        {references && (
          <>
            <Menu.Divider />
            <Menu.CheckboxItem
              checked={references.shown}
              onChange={() => references.onChange(!references.shown)}
            >
              {t('references')}
            </Menu.CheckboxItem>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
