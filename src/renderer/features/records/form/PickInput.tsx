import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { capitalised } from '../../../text/names.ts';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode, FocusEvent, KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import styles from './pick.module.css';

export interface Option {
  value: string;
  label: ReactNode;
  detail?: string;
}

function PickOption({ option, isCurrent }: { option: Option; isCurrent: boolean }) {
  const { value, label, detail = '' } = option;
  return (
    <Combobox.Option value={value} active={isCurrent} aria-selected={isCurrent}>
      <span className="row apart gap-8">
        <span className={`grow stack ${styles.words}`}>
          <span className="cut" title={typeof label === 'string' ? label : ''}>
            {label}
          </span>
          {detail !== '' && <span className="tiny faint cut">{detail}</span>}
        </span>
        <span className={`flex rigid accent ${styles.mark}`}>
          {isCurrent && <IconCheck size={14} stroke={2} aria-hidden />}
        </span>
      </span>
    </Combobox.Option>
  );
}

interface Props {
  id?: string | undefined;
  label: string;
  text: string;
  /** The text is being typed; otherwise it is the label of the value. */
  isTyping: boolean;
  options: readonly Option[];
  /** The option that Enter chooses while typing; -1 for none. */
  bestIndex: number;
  emptyText?: string;
  /** Below the input: where the chosen record belongs. */
  description?: string;
  /** The last line of a list that does not show everything. */
  moreText?: string;
  placeholder?: string;
  inGrid?: boolean | undefined;
  /** Takes the focus on mount or on request, without opening its list. */
  takesFocus?: boolean;
  problem?: string | undefined;
  leftSection?: ReactNode;
  value: string;
  onType: (text: string) => void;
  onPick: (value: string) => void;
  /** Called for Enter or Tab without an option. Returns whether the key is used. */
  onUnmatched: () => boolean;
  onLeave: () => void;
  onFocus?: () => void;
  onRevert: () => void;
}

/** Wider than the input of a form, for names with their team and university. */
const listWidth = 320;

/** A text input with a list below: typing narrows it, arrow keys and Enter choose. In a grid the list is open from the start. */
export function PickInput(props: Props) {
  const {
    label,
    text,
    isTyping,
    options,
    bestIndex,
    emptyText,
    description = '',
    moreText = '',
    inGrid = false,
    problem,
    value,
    onType,
    onPick,
  } = props;
  const input = useRef<HTMLInputElement>(null);
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });
  const { dropdownOpened } = store;
  const values = options.map((option) => option.value).join('\n');
  const markedIndex = isTyping ? bestIndex : options.findIndex((option) => option.value === value);
  const isMarkPending = useRef(false);
  const markOption = (): void => {
    isMarkPending.current = false;
    if (markedIndex < 0) store.resetSelectedOption();
    else isMarkPending.current = store.selectOption(markedIndex) === null;
  };
  useEffect(() => {
    if (!dropdownOpened) return undefined;
    markOption();
    // The list is rendered one frame after it opens.
    const frame = requestAnimationFrame(() => isMarkPending.current && markOption());
    return () => cancelAnimationFrame(frame);
    // Moving through the list must not be undone by re-rendering.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [dropdownOpened, values, markedIndex, text]);
  useEffect(() => {
    const element = input.current;
    if (inGrid) element?.focus();
    // Typing continues the typed text instead of replacing it.
    if (isTyping) element?.setSelectionRange(element.value.length, element.value.length);
    if (inGrid) store.openDropdown();
    // Only on mount; later the person decides.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  useEffect(() => {
    if (props.takesFocus) input.current?.focus();
  }, [props.takesFocus]);
  useEffect(() => {
    // After a choice the list has nothing to offer, and would cover the next field.
    if (!isTyping && !inGrid) store.closeDropdown();
    // Only when typing ends, because the person can open the list again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isTyping, inGrid]);
  const pick = (picked: string): void => {
    store.closeDropdown();
    onPick(picked);
  };
  const leave = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof HTMLElement && event.relatedTarget.closest('[data-combobox-dropdown]'))
      return;
    store.closeDropdown();
    props.onLeave();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!dropdownOpened || event.nativeEvent.isComposing) return;
    if (isMarkPending.current) markOption();
    if (event.key === 'Escape') {
      // Esc closes the list, not its surroundings.
      event.preventDefault();
      props.onRevert();
      return;
    }
    const isTab = event.key === 'Tab';
    if (event.key !== 'Enter' && !(isTab && isTyping)) return;
    const chosenOption =
      options[store.getSelectedOptionIndex()] ?? (isTyping ? options[bestIndex] : undefined);
    // In a form, Tab moves on by itself; a cell is left only after its value is set.
    if (chosenOption) {
      if (!isTab || inGrid) event.preventDefault();
      pick(chosenOption.value);
    } else if (isTyping && props.onUnmatched()) {
      if (!isTab || inGrid) event.preventDefault();
    } else if (!inGrid && !isTab) event.preventDefault();
  };
  const field = (
    <InputBase
      ref={input}
      {...(props.id === undefined ? {} : { id: props.id })}
      aria-label={label}
      className="pick"
      title={isTyping ? '' : text}
      variant={inGrid ? 'unstyled' : 'default'}
      value={text}
      placeholder={props.placeholder ?? ''}
      error={inGrid ? Boolean(problem) : problem ? capitalised(problem) : null}
      {...(description === '' ? {} : { description })}
      inputWrapperOrder={['input', 'description', 'error']}
      leftSection={props.leftSection}
      rightSection={<Combobox.Chevron />}
      rightSectionPointerEvents="none"
      onChange={(event) => {
        store.resetSelectedOption();
        onType(event.currentTarget.value);
        store.openDropdown();
      }}
      onClick={() => store.openDropdown()}
      onFocus={(event) => {
        const element = event.currentTarget;
        if (!isTyping) element.select();
        // The browser scrolls to the end of a selection; long names are read from the beginning.
        requestAnimationFrame(() => {
          if (!isTyping) element.scrollLeft = 0;
        });
        props.onFocus?.();
      }}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
  return (
    <Combobox
      store={store}
      onOptionSubmit={pick}
      position={inGrid ? 'bottom-start' : 'bottom-end'}
      {...(inGrid ? {} : { width: listWidth })}
      offset={inGrid ? 1 : 3}
      middlewares={{ flip: true, shift: true }}
      // The list grows when its records arrive.
      preventPositionChangeWhenVisible={false}
    >
      <Combobox.Target>{field}</Combobox.Target>
      <Combobox.Dropdown data-combobox-dropdown className="pick-list">
        {inGrid && problem !== undefined && <p className="tiny bad px-8 pt-4 pb-8">{problem}</p>}
        <Combobox.Options mah={288} className="scroll-y">
          {options.map((option) => (
            <PickOption key={option.value} option={option} isCurrent={option.value === value} />
          ))}
          {options.length === 0 && emptyText !== undefined && <Combobox.Empty>{emptyText}</Combobox.Empty>}
        </Combobox.Options>
        {moreText !== '' && <p className="tiny dim px-8 py-4 line-above">{moreText}</p>}
      </Combobox.Dropdown>
    </Combobox>
  );
}
