import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  /** That it was not saved; the reason follows. */
  failed: string;
  failure: string | null;
  /** What stands on the button that saves. */
  save: string;
  saving: boolean;
  onCancel: () => void;
}

/** The end of a profile's form: why it could not be saved, and the buttons. */
export function FormEnd({ failed, failure, save, saving, onCancel }: Props) {
  const { t } = useTranslation('common');
  return (
    <>
      {failure !== null && (
        <p role="alert" className="profile-failure">
          {failed}: {failure}
        </p>
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={saving}>
          {save}
        </Button>
      </div>
    </>
  );
}
