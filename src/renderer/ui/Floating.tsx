import { Popover } from '@mantine/core';
import type { PopoverProps } from '@mantine/core';

type Props = Required<Pick<PopoverProps, 'opened' | 'onChange' | 'position' | 'width' | 'children'>>;

/** What floats beside its button holds the focus, and gives it back. Button and content hear Esc themselves (`closing`): it closes that alone. */
export function Floating({ children, ...others }: Props) {
  return (
    <Popover {...others} trapFocus returnFocus closeOnEscape={false}>
      {children}
    </Popover>
  );
}
