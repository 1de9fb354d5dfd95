import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { FocusEvent, ReactNode } from 'react';

export interface Option {
  value: string;
  label: ReactNode;
  /** Quieter, behind the label. */
  aside?: string;
}

interface Props {
  label: string;
  text: string;
  options: readonly Option[];
  /** Shown when there is no option. */
  nothing?: string;
  placeholder?: string;
  inGrid?: boolean | undefined;
  /** Takes the focus when it comes, without opening its list. */
  arrives?: boolean;
  problem?: string | undefined;
  disabled?: boolean;
  leftSection?: ReactNode;
  /** The option that is chosen at the moment. */
  value: string;
  onType: (text: string) => void;
  onPick: (value: string) => void;
  onLeave?: (() => void) | undefined;
  onArrive?: () => void;
  /** Esc while the list is open: what was typed is taken back. */
  onTakeBack: () => void;
}

/** A text field with a list under it: type to narrow, arrow keys and Enter to choose. In a grid the list is open from the start. */
export function PickInput(props: Props) {
  const {
    label,
    text,
    options,
    nothing,
    inGrid = false,
    problem,
    value,
    onType,
    onPick,
    onLeave,
    onArrive,
  } = props;
  const input = useRef<HTMLInputElement>(null);
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });
  const open = (): void => {
    store.openDropdown();
    const at = options.findIndex((option) => option.value === value);
    if (at >= 0) requestAnimationFrame(() => store.selectOption(at));
  };
  useEffect(() => {
    if (inGrid || props.arrives) input.current?.focus();
    if (inGrid) open();
    // Only when it comes: later the person decides.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const leave = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof HTMLElement && event.relatedTarget.closest('[data-combobox-dropdown]'))
      return;
    store.closeDropdown();
    onLeave?.();
  };
  return (
    <Combobox
      store={store}
      onOptionSubmit={(picked) => {
        onPick(picked);
        store.closeDropdown();
      }}
      middlewares={{ flip: true, shift: true }}
    >
      <Combobox.Target>
        <InputBase
          ref={input}
          aria-label={label}
          variant={inGrid ? 'unstyled' : 'default'}
          value={text}
          placeholder={props.placeholder ?? ''}
          error={inGrid ? Boolean(problem) : (problem ?? null)}
          disabled={props.disabled ?? false}
          leftSection={props.leftSection}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onChange={(event) => {
            onType(event.currentTarget.value);
            store.openDropdown();
            store.updateSelectedOptionIndex();
          }}
          onClick={() => (store.dropdownOpened ? undefined : open())}
          onFocus={(event) => {
            event.currentTarget.select();
            onArrive?.();
          }}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !store.dropdownOpened) return;
            // It closes the list, not what the field stands in.
            event.preventDefault();
            props.onTakeBack();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown data-combobox-dropdown>
        <Combobox.Options mah={264} className="pick-options">
          {options.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === value}>
              <span className="pick-option">
                <span className="cut">{option.label}</span>
                {option.aside !== undefined && <span className="pick-aside">{option.aside}</span>}
              </span>
            </Combobox.Option>
          ))}
          {options.length === 0 && nothing !== undefined && <Combobox.Empty>{nothing}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
