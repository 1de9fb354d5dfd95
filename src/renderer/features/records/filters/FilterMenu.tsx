import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldName } from '../../../text/names.ts';
import { FilterEditor } from './FilterEditor.tsx';
import { filterFields } from './model.ts';
import type { FilterField } from './model.ts';

interface Props {
  type: EntityType;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onAdd: (filter: Filter) => void;
}

/** Arrow keys go from one field to the next. */
function onFieldKey(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = fields.findIndex((field) => field === document.activeElement);
  fields[(at + step + fields.length) % fields.length]?.focus();
}

/** Adds a filter in two steps: by which field, and how. */
export function FilterMenu({ type, opened, onOpened, onAdd }: Props) {
  const { t } = useTranslation('grid');
  const [field, setField] = useState<FilterField | null>(null);
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The field that was chosen is gone: what comes in its place has the focus, and so hears Esc.
    if (!field) return;
    const controls = '[data-autofocus], input, .filter-editor button, select';
    dropdown.current?.querySelector<HTMLElement>(controls)?.focus();
  }, [field]);
  const toggle = (next: boolean): void => {
    setField(null);
    onOpened(next);
  };
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-start" trapFocus width={248}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          className="tool-button"
          aria-label={t('filter')}
          leftSection={<IconFilter size={16} stroke={1.6} />}
          onClick={() => toggle(!opened)}
        >
          <span className="tool-word">{t('filter')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown ref={dropdown}>
        {field ? (
          <FilterEditor
            type={type}
            field={field}
            filter={null}
            onDone={(filter) => {
              toggle(false);
              if (filter) onAdd(filter);
            }}
          />
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears keys for the buttons in it
          <ul className="filter-fields" onKeyDown={onFieldKey}>
            {filterFields(type).map((one, index) => (
              <li key={one.key}>
                <UnstyledButton
                  className="filter-field"
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
    </Popover>
  );
}
