import { Button } from '@mantine/core';
import type { ButtonProps, ElementProps } from '@mantine/core';
import type { IconType } from './icons.ts';

interface Props
  extends
    Omit<ButtonProps, 'variant' | 'color' | 'className' | 'leftSection'>,
    ElementProps<'button', keyof ButtonProps> {
  icon: IconType;
  isPressed?: boolean | undefined;
}

export function QuietButton({ icon: Icon, isPressed, children, ...others }: Props) {
  return (
    <Button
      {...others}
      variant={isPressed ? 'light' : 'subtle'}
      color={isPressed ? 'accent' : 'gray'}
      className="dim px-8 tool-button"
      aria-pressed={isPressed}
      leftSection={<Icon size={16} stroke={1.6} />}
    >
      {children}
    </Button>
  );
}
