import './figures.css';

export type Figure = readonly [name: string, figure: string, hint?: string];

interface Props {
  title: string;
  figures: readonly Figure[];
}

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
