import { UnstyledButton } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { fieldName } from '../../../text/names.ts';
import { FloatingPanel } from '../../../ui/FloatingPanel.tsx';
import { QuietButton } from '../../../ui/QuietButton.tsx';
import { useCustomFields } from '../custom-fields.ts';
import { FilterEditor } from './FilterEditor.tsx';
import { filterFields } from './model.ts';
import type { FilterField } from './model.ts';
import styles from '../narrowing.module.css';

interface Props {
  type: EntityType;
  opened: boolean;
  /** The initial field; '' to choose one. */
  initialField?: string;
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
  const focusedIndex = fields.findIndex((field) => field === document.activeElement);
  const startsWithLetter = (field: HTMLElement): boolean =>
    field.textContent.trim().toLowerCase().startsWith(letter);
  const next =
    step === undefined
      ? [...fields.slice(focusedIndex + 1), ...fields.slice(0, focusedIndex + 1)].find(startsWithLetter)
      : fields[(focusedIndex + step + fields.length) % fields.length];
  next?.focus();
}

export function FilterMenu({ type, opened, initialField = '', onOpened, onAdd }: Props) {
  const { t } = useTexts('grid');
  const customFields = useCustomFields(type);
  const [chosenField, setChosenField] = useState<FilterField | null>(null);
  const field =
    chosenField ?? filterFields(type, customFields).find(({ key }) => key === initialField) ?? null;
  const key = field?.key;
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The focused button of the chosen field disappears. The filter editor takes the focus, because Esc would not reach it otherwise.
    if (key === undefined || !opened) return;
    const findControl = (controls: string) => dropdown.current?.querySelector<HTMLElement>(controls);
    // Prefers the value, although the comparison is above it.
    (findControl('[data-autofocus], input') ?? findControl('.filter-editor button, select'))?.focus();
  }, [key, opened]);
  const toggle = (next: boolean): void => {
    setChosenField(null);
    onOpened(next);
  };
  return (
    <FloatingPanel
      opened={opened}
      onChange={toggle}
      position="bottom-start"
      width={264}
      renderButton={(button) => (
        <QuietButton {...button} icon={IconFilter} aria-label={t('grid:filter')} title={t('grid:filter')}>
          {t('grid:filter')}
        </QuietButton>
      )}
      dropdown={{ ref: dropdown }}
    >
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
          {filterFields(type, customFields).map((fieldOption, index, all) => (
            <li key={fieldOption.key}>
              {fieldOption.own && !all[index - 1]?.own && (
                <p className={`tiny medium dim ${styles.fieldsHeading}`} title={t('own:tip')}>
                  {t('network:fieldsOf.own')}
                </p>
              )}
              <UnstyledButton
                className={`small px-8 py-4 full ${styles.filterField}`}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
                onClick={() => setChosenField(fieldOption)}
              >
                {fieldName(fieldOption.key)}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </FloatingPanel>
  );
}
