import { Popover, UnstyledButton } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { fieldName } from '../../../text/names.ts';
import { closeOnEscape } from '../../../ui/escape.ts';
import { Floating } from '../../../ui/Floating.tsx';
import { QuietButton } from '../../../ui/QuietButton.tsx';
import { useOwnFields } from '../custom-fields.ts';
import { FilterEditor } from './FilterEditor.tsx';
import { filterFields } from './model.ts';
import type { FilterField } from './model.ts';
import styles from '../narrowing.module.css';

interface Props {
  type: EntityType;
  opened: boolean;
  /** The initial field; '' to choose one. */
  at?: string;
  onOpened: (opened: boolean) => void;
  onAdd: (filters: readonly Filter[]) => void;
}

function onFieldKey(event: KeyboardEvent<HTMLElement>): void {
  const { key, ctrlKey, metaKey, altKey } = event;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const letter = key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey ? key.toLowerCase() : '';
  if (step === undefined && letter === '') return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = fields.findIndex((field) => field === document.activeElement);
  const begins = (field: HTMLElement): boolean => field.textContent.trim().toLowerCase().startsWith(letter);
  const next =
    step === undefined
      ? [...fields.slice(at + 1), ...fields.slice(0, at + 1)].find(begins)
      : fields[(at + step + fields.length) % fields.length];
  next?.focus();
}

export function FilterMenu({ type, opened, at = '', onOpened, onAdd }: Props) {
  const { t } = useTexts('grid');
  const own = useOwnFields(type);
  const [chosen, setField] = useState<FilterField | null>(null);
  const field = chosen ?? filterFields(type, own).find(({ key }) => key === at) ?? null;
  const key = field?.key;
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The next step takes the focus of the chosen field, which disappears, so that it hears Esc.
    if (key === undefined || !opened) return;
    const first = (controls: string) => dropdown.current?.querySelector<HTMLElement>(controls);
    // The value first, although the comparison is above it.
    (first('[data-autofocus], input') ?? first('.filter-editor button, select'))?.focus();
  }, [key, opened]);
  const toggle = (next: boolean): void => {
    setField(null);
    onOpened(next);
  };
  return (
    <Floating opened={opened} onChange={toggle} position="bottom-start" width={264}>
      <Popover.Target>
        <QuietButton
          icon={IconFilter}
          aria-label={t('grid:filter')}
          title={t('grid:filter')}
          onClick={() => toggle(!opened)}
          onKeyDown={closeOnEscape(() => toggle(false), opened)}
        >
          {t('grid:filter')}
        </QuietButton>
      </Popover.Target>
      <Popover.Dropdown ref={dropdown} onKeyDown={closeOnEscape(() => toggle(false))}>
        {field ? (
          <FilterEditor
            type={type}
            field={field}
            filters={[]}
            onDone={(filters) => {
              toggle(false);
              onAdd(filters);
            }}
          />
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears keys for the buttons in it
          <ul className={styles.filterFields} onKeyDown={onFieldKey}>
            {filterFields(type, own).map((one, index, all) => (
              <li key={one.key}>
                {one.own && !all[index - 1]?.own && (
                  <p className={`tiny medium dim ${styles.fieldsHeading}`} title={t('own:tip')}>
                    {t('network:fieldsOf.own')}
                  </p>
                )}
                <UnstyledButton
                  className={`small px-8 py-4 full ${styles.filterField}`}
                  {...(index === 0 ? { 'data-autofocus': true } : {})}
                  onClick={() => setField(one)}
                >
                  {fieldName(one.key)}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Floating>
  );
}
