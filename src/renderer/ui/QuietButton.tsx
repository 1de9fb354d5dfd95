import { Button } from '@mantine/core';
import type { ButtonProps, ElementProps } from '@mantine/core';
import type { IconType } from './icons.ts';

interface Props
  extends
    Omit<ButtonProps, 'variant' | 'color' | 'className' | 'leftSection'>,
    ElementProps<'button', keyof ButtonProps> {
  icon: IconType;
  pressed?: boolean | undefined;
}

/** A quiet button with a sign and a word, as they stand in the line above a view; a menu or a popover may open from it. */
export function QuietButton({ icon: Icon, pressed, children, ...others }: Props) {
  return (
    <Button
      {...others}
      variant={pressed ? 'light' : 'subtle'}
      color={pressed ? 'accent' : 'gray'}
      className="tool-button"
      aria-pressed={pressed}
      leftSection={<Icon size={16} stroke={1.6} />}
    >
      {children}
    </Button>
  );
}
