import './stage.css';
import type { ReactNode } from 'react';

interface Props {
  text: string;
  hint: string;
  legend: string;
  entries: readonly { mark: ReactNode; text: string }[];
}

export function StageFoot({ text, hint, legend, entries }: Props) {
  return (
    <footer className="row wrap rigid gap-2-16 small line-above px-12 py-4 high-32">
      <span className={`stage-pointed cut${text === '' ? ' dim' : ''}`} title={text}>
        {text || hint}
      </span>
      <ul className="flex wrap gap-2-12 tiny dim" aria-label={legend}>
        {entries.map((entry) => (
          <li className="row gap-8 nowrap" key={entry.text}>
            {entry.mark}
            {entry.text}
          </li>
        ))}
      </ul>
    </footer>
  );
}
