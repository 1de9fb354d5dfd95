import { Popover } from '@mantine/core';
import type { PopoverDropdownProps, PopoverProps } from '@mantine/core';
import type { ComponentProps, ReactElement, ReactNode, Ref } from 'react';
import { closeOnEscape } from './escape.ts';

interface Props extends Required<Pick<PopoverProps, 'opened' | 'onChange' | 'position' | 'width'>> {
  /** Draws the button that opens and closes the panel. */
  renderButton: (props: Required<Pick<ComponentProps<'button'>, 'onClick' | 'onKeyDown'>>) => ReactElement;
  dropdown?: PopoverDropdownProps & { ref?: Ref<HTMLDivElement> };
  children: ReactNode;
}

/** A button with a popover that traps the focus and returns it; Esc closes only this popover. */
export function FloatingPanel({ renderButton, dropdown, children, ...popover }: Props) {
  const { opened, onChange } = popover;
  const close = (): void => onChange(false);
  return (
    <Popover {...popover} trapFocus returnFocus closeOnEscape={false}>
      <Popover.Target>
        {renderButton({ onClick: () => onChange(!opened), onKeyDown: closeOnEscape(close, opened) })}
      </Popover.Target>
      <Popover.Dropdown {...dropdown} onKeyDown={closeOnEscape(close)}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
