import './figures.css';

/** A name, a figure and, where it needs one, a sentence on what it counts. */
export type Figure = readonly [name: string, figure: string, hint?: string];

interface Props {
  title: string;
  figures: readonly Figure[];
}

/** Figures in a line, each under its name. */
export function Figures({ title, figures }: Props) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <dl className="figures">
        {figures.map(([name, figure, hint]) => (
          <div key={name} title={hint}>
            <dt>{name}</dt>
            <dd className="num">{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
