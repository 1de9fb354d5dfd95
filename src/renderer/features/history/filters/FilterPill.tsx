import { IconChevronDown, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface WordsProps {
  label: string;
  /** What is chosen as it reads; '' for nothing. */
  shown: string;
}

/** What stands on the button of a filter: its name, and what is chosen. */
export function PillWords({ label, shown }: WordsProps) {
  const { t } = useTranslation('history');
  return (
    <>
      <span className="cut">{shown === '' ? label : t('filter.set', { label, value: shown })}</span>
      {shown === '' && <IconChevronDown size={13} stroke={1.8} />}
    </>
  );
}

interface Props {
  label: string;
  /** Something is chosen, and can be taken out again. */
  set: boolean;
  onClear: () => void;
  /** The button that opens the choice. */
  children: ReactNode;
}

/** A filter of the history as it stands in the line above: a button, and a cross once something is chosen. */
export function FilterPill({ label, set, onClear, children }: Props) {
  const { t } = useTranslation('history');
  return (
    <span className={`history-filter${set ? ' history-filter-set' : ''}`}>
      {children}
      {set && (
        <button
          type="button"
          className="history-filter-clear"
          aria-label={t('filter.remove', { label })}
          onClick={onClear}
        >
          <IconX size={13} stroke={1.8} />
        </button>
      )}
    </span>
  );
}
