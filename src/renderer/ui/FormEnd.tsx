import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';

interface Props {
  /** Why it could not be done, as it is said. */
  failure?: string | null;
  save: string;
  saving: boolean;
  /** There is nothing that could be done yet. */
  blocked?: boolean;
  bad?: boolean;
  /** The button that does it has the focus at first, where no field does. */
  first?: boolean;
  /** What stands on the button that gives it up, where that is not Cancel. */
  cancel?: string | undefined;
  more?: ReactNode;
  onCancel: () => void;
}

/** The end of a form: why it could not be done, and the buttons. */
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
        <p role="alert" className="form-failure">
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
