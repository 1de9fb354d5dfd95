import type { Opening } from './openings.ts';

/** A compared record's title; a link if it can be opened. */
export function TitleLink({ title, opening }: { title: string; opening: Opening | null }) {
  if (!opening)
    return (
      <span className="compare-title" title={title}>
        {title}
      </span>
    );
  return (
    <button
      type="button"
      className="link-button compare-title"
      title={`${title} · ${opening.label}`}
      onClick={opening.open}
    >
      {title}
    </button>
  );
}
