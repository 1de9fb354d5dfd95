import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './preferences.module.css';

interface LineProps {
  label: string;
  hint: string;
  children: (ids: { label: string; hint: string }) => ReactNode;
}

export function PreferenceLine({ label, hint, children }: LineProps) {
  const id = useId();
  const ids = { label: `${id}label`, hint: `${id}hint` };
  return (
    <div className={`row wrap apart line-below py-8 ${styles.preference}`}>
      <div className={`stack shrink ${styles.words}`}>
        <span id={ids.label} className="small medium">
          {label}
        </span>
        <span id={ids.hint} className="tiny dim">
          {hint}
        </span>
      </div>
      <div className="row rigid gap-8 fits">{children(ids)}</div>
    </div>
  );
}

interface Props<T extends string> {
  label: string;
  hint: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onPick: (value: T) => void;
}

export function ChoiceLine<T extends string>({ label, hint, value, options, onPick }: Props<T>) {
  return (
    <PreferenceLine label={label} hint={hint}>
      {(ids) => (
        <SegmentedControl
          value={value}
          data={[...options]}
          aria-labelledby={ids.label}
          aria-describedby={ids.hint}
          onChange={(next) => {
            const found = options.find((option) => option.value === next);
            if (found) onPick(found.value);
          }}
        />
      )}
    </PreferenceLine>
  );
}
