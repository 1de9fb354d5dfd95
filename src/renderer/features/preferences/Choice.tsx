import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';

interface LineProps {
  label: string;
  hint: string;
  /** Gets the ids of the label and of the hint. */
  children: (ids: { label: string; hint: string }) => ReactNode;
}

/** One preference: what it is at the left, what can be chosen at the right. */
export function Line({ label, hint, children }: LineProps) {
  const id = useId();
  const ids = { label: `${id}label`, hint: `${id}hint` };
  return (
    <div className="preference">
      <div className="preference-words">
        <span id={ids.label} className="preference-label">
          {label}
        </span>
        <span id={ids.hint} className="preference-hint">
          {hint}
        </span>
      </div>
      <div className="preference-control">{children(ids)}</div>
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

/** A preference with a few choices beside each other. */
export function Choice<T extends string>({ label, hint, value, options, onPick }: Props<T>) {
  return (
    <Line label={label} hint={hint}>
      {(ids) => (
        <SegmentedControl
          size="xs"
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
    </Line>
  );
}
