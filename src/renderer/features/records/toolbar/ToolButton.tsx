import { run, useCommand } from '../../../commands/registry.ts';
import type { IconType } from '../../../ui/icons.ts';
import { QuietButton } from '../../../ui/QuietButton.tsx';

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
export function ToolButton({ id, icon, text, label = text, title, pressed }: Props) {
  const command = useCommand(id);
  return (
    <QuietButton
      icon={icon}
      pressed={pressed}
      aria-label={label}
      title={title ?? command?.label ?? ''}
      disabled={command?.enabled === false}
      onClick={() => run(id)}
    >
      {text}
    </QuietButton>
  );
}
