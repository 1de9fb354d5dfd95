import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { useTexts } from '../i18n/setup.ts';
import { ProgressLine } from './ProgressLine.tsx';
import './action.css';

interface ButtonsProps {
  failure?: string | null;
  saveLabel: string;
  saving?: boolean;
  blocked?: boolean;
  bad?: boolean;
  /** Whether the save button has the initial focus, if no field has. */
  takesFocus?: boolean;
  cancelLabel?: string | undefined;
  more?: ReactNode;
  onCancel: () => void;
}

export function FormButtons({
  failure = null,
  saveLabel,
  saving = false,
  blocked,
  bad = false,
  takesFocus = false,
  cancelLabel,
  more,
  onCancel,
}: ButtonsProps) {
  const { t } = useTexts('common');
  return (
    <>
      {failure !== null && (
        <p role="alert" className="small bad form-failure">
          {failure}
        </p>
      )}
      <div className="dialog-buttons">
        {more}
        <Button variant="default" onClick={onCancel}>
          {cancelLabel ?? t('cancel')}
        </Button>
        <Button
          {...(takesFocus ? { 'data-autofocus': true } : {})}
          {...(bad ? { color: 'red' } : {})}
          {...(blocked === undefined ? {} : { disabled: blocked })}
          type="submit"
          loading={saving}
        >
          {saveLabel}
        </Button>
      </div>
    </>
  );
}

interface Props extends ButtonsProps {
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
