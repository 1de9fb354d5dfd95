import { useTranslation } from 'react-i18next';
import { useMayChange } from '../../stores/profile.ts';
import { StartCards } from './StartCards.tsx';

/** A workspace without any record: the ways to begin, for who may change anything. */
export function Empty() {
  const { t } = useTranslation('home');
  const mayChange = useMayChange();
  return (
    <div className="home-empty">
      <p>{t('empty.text')}</p>
      {mayChange ? <StartCards empty /> : <p className="dim">{t('empty.viewer')}</p>}
    </div>
  );
}
