import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';

interface Props {
  /** Why it failed, as a sentence. */
  failure?: string | null;
  save: string;
  saving: boolean;
  /** Nothing to save yet. */
  blocked?: boolean;
  bad?: boolean;
  /** Whether the save button has the initial focus, if no field has. */
  first?: boolean;
  /** The label of the cancel button, if not Cancel. */
  cancel?: string | undefined;
  more?: ReactNode;
  onCancel: () => void;
}

/** The end of a form: its failure and buttons. */
export function FormEnd({
  failure = null,
  save,
  saving,
  blocked,
  bad = false,
  first = false,
  cancel,
  more,
  onCancel,
}: Props) {
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
          {cancel ?? t('cancel')}
        </Button>
        <Button
          {...(first ? { 'data-autofocus': true } : {})}
          {...(bad ? { color: 'red' } : {})}
          {...(blocked === undefined ? {} : { disabled: blocked })}
          type="submit"
          loading={saving}
        >
          {save}
        </Button>
      </div>
    </>
  );
}
