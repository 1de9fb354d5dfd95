import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { counted, typeNames } from '../../../../text/names.ts';
import { numberText } from '../../../../text/values.ts';
import { kindPath } from './kinds.ts';
import { MarkForm } from './MarkForm.tsx';
import { countsOf, kindsIn } from './model.ts';
import type { Picture } from './model.ts';

interface Props {
  picture: Picture;
}

function Marks({ picture }: Props) {
  const { t } = useTranslation('compare');
  const others = picture.nodes.filter(({ found }) => !found).length;
  return (
    <ul aria-label={t('network.legend')}>
      {countsOf(picture).map(({ mark, nodes, links, memberships }) => (
        <li key={mark} className={`diff-${mark}`}>
          <svg width="44" height="24" aria-hidden>
            <line className="diff-line" x1="0" y1="12" x2="44" y2="12" />
            <MarkForm mark={mark} of="link" x={22} y={12} size={8} />
          </svg>
          <span>{t(`network.mark.${mark}`)}</span>
          <span className="dim num">
            {[
              nodes > 0 ? t('network.records', { count: nodes }) : '',
              links > 0 ? counted('interface', links) : '',
              memberships > 0 ? t('network.memberships', { count: memberships }) : '',
            ]
              .filter((part) => part !== '')
              .join(', ')}
          </span>
        </li>
      ))}
      {others > 0 && (
        <li className="dim">
          <svg width="20" height="24" aria-hidden>
            <circle className="diff-dot" cx="10" cy="12" r="4" />
          </svg>
          <span>{t('network.beside')}</span>
          <span className="num">{t('network.records', { count: others })}</span>
        </li>
      )}
    </ul>
  );
}

function Entry({ sign, text, count }: { sign: ReactNode; text: string; count: number }) {
  return (
    <li>
      <svg width="20" height="20" aria-hidden>
        {sign}
      </svg>
      <span>{text}</span>
      <span className="dim num">{numberText(count)}</span>
    </li>
  );
}

/** The forms of the kinds of records, and what the two kinds of lines say. */
function Forms({ picture }: Props) {
  const { t } = useTranslation('compare');
  const { links } = picture;
  const belonging = links.filter(({ kind }) => kind === 'reference').length;
  const line = (look: string): ReactNode => <line className={look} x1="0" y1="10" x2="20" y2="10" />;
  return (
    <ul aria-label={t('network.forms')}>
      {kindsIn(picture).map(({ type, count }) => (
        <Entry
          key={type}
          sign={
            <path className="diff-kind" d={kindPath(type, { x: 10, y: type === 'student' ? 13 : 10 }, 6)} />
          }
          text={typeNames(type)}
          count={count}
        />
      ))}
      {links.length > belonging && (
        <Entry sign={line('diff-line')} text={typeNames('interface')} count={links.length - belonging} />
      )}
      {belonging > 0 && (
        <Entry sign={line('diff-line diff-belongs')} text={t('network.belonging')} count={belonging} />
      )}
    </ul>
  );
}

/** What the marks, forms and lines mean, with how many of each there are. */
export function MarkLegend({ picture }: Props) {
  return (
    <div className="diff-legend">
      <Marks picture={picture} />
      <Forms picture={picture} />
    </div>
  );
}
