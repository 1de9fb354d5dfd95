import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';

interface Props {
  failure?: string | null;
  saveLabel: string;
  saving?: boolean;
  blocked?: boolean;
  bad?: boolean;
  takesFocus?: boolean;
  cancelTakesFocus?: boolean;
  cancelLabel?: string | undefined;
  more?: ReactNode;
  onCancel: () => void;
}

export const FormFailure = ({ text }: { text: string | null }) =>
  text !== null && (
    <p role="alert" className="small bad form-failure">
      {text}
    </p>
  );

export function FormButtons({
  failure = null,
  saveLabel,
  saving = false,
  blocked,
  bad = false,
  takesFocus = false,
  cancelTakesFocus = false,
  cancelLabel,
  more,
  onCancel,
}: Props) {
  const { t } = useTexts('common');
  return (
    <>
      <FormFailure text={failure} />
      <div className="dialog-buttons">
        {more}
        <Button {...(cancelTakesFocus ? { 'data-autofocus': true } : {})} onClick={onCancel}>
          {cancelLabel ?? t('cancel')}
        </Button>
        <Button
          variant="filled"
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
