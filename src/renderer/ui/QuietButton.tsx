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

export function QuietButton({ icon: Icon, pressed, children, ...others }: Props) {
  return (
    <Button
      {...others}
      variant={pressed ? 'light' : 'subtle'}
      color={pressed ? 'accent' : 'gray'}
      className="dim px-8 tool-button"
      aria-pressed={pressed}
      leftSection={<Icon size={16} stroke={1.6} />}
    >
      {children}
    </Button>
  );
}
