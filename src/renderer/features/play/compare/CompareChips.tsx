interface Chip<Shown> {
  shown: Shown;
  text: string;
  className?: string;
}

interface Props<Shown> {
  label: string;
  chips: readonly Chip<Shown>[];
  shown: Shown;
  onShown: (shown: Shown) => void;
}

/** Buttons with the numbers of differing records by kind; each sets the filter. */
export function CompareChips<Shown extends string | null>({ label, chips, shown, onShown }: Props<Shown>) {
  return (
    <fieldset className="flex wrap gap-8 compare-chips" aria-label={label}>
      {chips.map(({ shown: value, text, className = '' }) => (
        <button
          key={value ?? ''}
          type="button"
          className={`dim px-12 pointer compare-chip ${className}`}
          aria-pressed={shown === value}
          onClick={() => onShown(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
