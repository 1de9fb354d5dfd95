import type { Opening } from './opens.ts';

/** What a record is called that is compared; a click opens it where there is a way to it. */
export function OpenName({ title, opening }: { title: string; opening: Opening | null }) {
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
      title={`${title} · ${opening.where}`}
      onClick={opening.open}
    >
      {title}
    </button>
  );
}
