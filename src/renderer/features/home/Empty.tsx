import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useMayChange, useReadOnly } from '../../stores/profile.ts';
import { inPast } from '../../stores/target.ts';
import { StartCards } from './StartCards.tsx';

/** A workspace without any record: the ways to begin, for who may change anything. In the past nobody begins: the ways to other moments. */
export function Empty() {
  return inPast() ? <EmptyThen /> : <EmptyNow />;
}

function EmptyThen() {
  const { t } = useTranslation('home');
  return (
    <div className="home-empty">
      <p>{t('emptyThen.text')}</p>
      <div>
        <CommandButton primary id="past.back" />
      </div>
    </div>
  );
}

function EmptyNow() {
  const { t } = useTranslation('home');
  const mayChange = useMayChange();
  const why = useReadOnly();
  return (
    <div className="home-empty">
      <p>{t('empty.text')}</p>
      {why === null && mayChange ? <StartCards empty /> : <p className="dim">{why ?? t('empty.viewer')}</p>}
    </div>
  );
}
