import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { preferUsual } from '../../stores/preferences.ts';
import { notice, report } from '../../ui/notices.tsx';
import { Page } from '../../ui/Page.tsx';
import { Appearance } from './Appearance.tsx';
import { Files } from './Files.tsx';
import { Notation } from './Notation.tsx';
import { Starting } from './Starting.tsx';
import './preferences.css';

/** What one person prefers on this computer; each choice counts at once. */
export default function PreferencesView() {
  const { t } = useTranslation(['preferences', 'common']);
  const reset = async (): Promise<void> => {
    const bringBack = await preferUsual();
    notice({
      id: 'preferences',
      title: t('preferences:usualDone'),
      action: { label: t('common:undo'), run: () => void bringBack().catch(report) },
    });
  };
  return (
    <Page
      title={t('preferences:title')}
      actions={
        <Button variant="default" onClick={() => void reset().catch(report)}>
          {t('preferences:usual')}
        </Button>
      }
    >
      <p className="dim">{t('preferences:intro')}</p>
      <Appearance />
      <Notation />
      <Starting />
      <Files />
    </Page>
  );
}
