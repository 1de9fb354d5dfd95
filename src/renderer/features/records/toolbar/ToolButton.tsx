import { Button } from '@mantine/core';
import { run, useCommand } from '../../../commands/registry.ts';
import type { IconType } from '../../../ui/icons.ts';

interface Props {
  id: string;
  icon: IconType;
  /** The word on it; the command's own label says more, on hover. */
  text: string;
  /** What it is called, where that is more than its word. */
  label?: string;
  title?: string;
  /** Present on what is switched on and off. */
  pressed?: boolean;
}

/** A command as a quiet button with a word. */
export function ToolButton({ id, icon: Icon, text, label = text, title, pressed }: Props) {
  const command = useCommand(id);
  return (
    <Button
      variant={pressed ? 'light' : 'subtle'}
      color={pressed ? 'accent' : 'gray'}
      className="tool-button"
      aria-label={label}
      aria-pressed={pressed}
      title={title ?? command?.label ?? ''}
      disabled={command?.enabled === false}
      leftSection={<Icon size={16} stroke={1.6} />}
      onClick={() => run(id)}
    >
      {text}
    </Button>
  );
}
