import { Popover } from '@mantine/core';
import type { PopoverProps } from '@mantine/core';

type Props = Required<Pick<PopoverProps, 'opened' | 'onChange' | 'position' | 'width' | 'children'>>;

/** A popover that traps the focus and returns it. Button and content handle Esc (`closeOnEscape`), which closes only this popover. */
export function FloatingPanel({ children, ...others }: Props) {
  return (
    <Popover {...others} trapFocus returnFocus closeOnEscape={false}>
      {children}
    </Popover>
  );
}
