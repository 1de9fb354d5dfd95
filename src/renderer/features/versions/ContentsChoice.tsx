import { Checkbox } from '@mantine/core';
import { useTexts } from '../../i18n/setup.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import styles from './backups.module.css';

const contentKinds = ['sandboxes', 'golden'] as const;
type Kind = (typeof contentKinds)[number];

const seatKey = (kind: Kind): string => `backup.${kind}`;

/** The contents of a manual backup other than live, as last chosen. */
export const chosenContents = (): Record<Kind, boolean> => {
  const { items } = useSeat.getState();
  return { sandboxes: items[seatKey('sandboxes')] === 'yes', golden: items[seatKey('golden')] === 'yes' };
};

function KindCheckbox({ kind }: { kind: Kind }) {
  const { t } = useTexts('backups');
  const isChosen = useSeat(({ items }) => items[seatKey(kind)] === 'yes');
  return (
    <Checkbox
      checked={isChosen}
      onChange={(event) => setSeatItem(seatKey(kind), event.currentTarget.checked ? 'yes' : null)}
      label={t(`besides.choice.${kind}`)}
    />
  );
}

export function ContentsChoice() {
  const { t } = useTexts('backups');
  return (
    <fieldset className={`row wrap ${styles.besides}`} aria-label={t('besides.title')}>
      <legend className="dim">{t('besides.title')}</legend>
      {contentKinds.map((kind) => (
        <KindCheckbox key={kind} kind={kind} />
      ))}
    </fieldset>
  );
}
