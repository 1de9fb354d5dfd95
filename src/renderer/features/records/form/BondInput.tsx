import { Radio } from '@mantine/core';
import { useId, useRef } from 'react';
import type { FocusEvent } from 'react';
import { usualShare, defaultLoss } from '#shared/domain/interfaces.ts';
import { isKnownValue, vocabulary } from '#shared/domain/vocabulary.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { capitalised, choiceName } from '../../../text/names.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import type { InputProps } from './BlockInput.tsx';
import styles from './bond.module.css';

/** "35 % lost · 20 % documented": the loss and the documented share that a bond implies; '' for an unknown bond. */
export function impliedText(bond: string): string {
  if (!isKnownValue('bond_type', bond)) return '';
  const [loss, share] = [defaultLoss(bond), usualShare(bond)];
  return say(share === 0 ? 'records:passage.unwritten' : 'records:passage.implied', { loss, share });
}

/** The bond of a link as a choice of plain answers. Arrow keys move between them, and the choice is made when the group is left. */
export function BondInput({ id, label, raw, problem, onChange, onChoose, onLeave }: InputProps) {
  const { t } = useTexts('records');
  const name = useId();
  const usesArrows = useRef(false);
  const choose = (value: string): void => (usesArrows.current ? onChange(value) : onChoose(value));
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) onLeave?.();
  };
  return (
    <div
      {...(id === undefined ? {} : { id })}
      role="radiogroup"
      aria-label={label}
      className={styles.choices}
      onKeyDownCapture={({ key }) => {
        usesArrows.current = key.startsWith('Arrow');
      }}
      onPointerDownCapture={() => {
        usesArrows.current = false;
      }}
      onBlur={leave}
    >
      {vocabulary.bond_type.map((bond) => (
        <Radio
          key={bond}
          name={name}
          checked={raw === bond}
          label={
            <span className={styles.choice}>
              <span className="medium">{capitalised(choiceName(bond))}</span>
              <span className="tiny dim num">{impliedText(bond)}</span>
            </span>
          }
          description={t(`passage.about.${bond}`)}
          onChange={() => choose(bond)}
        />
      ))}
      {raw !== '' && raw !== null && (
        <LinkButton className="tiny accent" onClick={() => onChoose('')}>
          {t('passage.clear')}
        </LinkButton>
      )}
      {problem !== undefined && <p className="tiny bad">{capitalised(problem)}</p>}
    </div>
  );
}
