import type { ComponentProps, FormEvent, ReactNode } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { FormButtons } from './FormButtons.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import './action.css';

interface Props extends ComponentProps<typeof FormButtons> {
  className?: string;
  work?: { label: string; progress: Progress | null } | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  children: ReactNode;
}

/** The form of a dialog: its content, the progress of `work`, why saving failed, and the buttons. */
export function DialogForm({
  className = 'column gap-12 action-form',
  work = null,
  onSubmit,
  children,
  ...buttons
}: Props) {
  return (
    <form
      className={className}
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!buttons.saving && !buttons.blocked) onSubmit(event);
      }}
    >
      {children}
      {work && <ProgressLine {...work} />}
      <FormButtons {...buttons} />
    </form>
  );
}
