/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what is drawn is no list of the page */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { titleOr, typeName } from '../../../../text/names.ts';
import type { Points } from '../../../network/layout/places.ts';
import { kindPath } from './kinds.ts';
import { MarkForm } from './MarkForm.tsx';
import type { Picture } from './model.ts';
import { nameOf, namesWithRoom } from './names.ts';
import type { Item } from './places.ts';

interface Drawn {
  picture: Picture;
  /** In px. */
  places: Points;
}

interface Props extends Drawn {
  items: readonly Item[];
  chosen: string | null;
  /** The id in the page of the item at a place. */
  optionId: (place: number) => string;
  onChoose: (id: string) => void;
}

/** How large a mark is drawn, in px: its half. */
const sizes = { node: 10, link: 7, membership: 6 } as const;

function Lines({ picture, places }: Drawn) {
  return (
    <>
      {picture.links.map(({ id, kind, from, to, mark, found }) => {
        const [start, end] = [places.get(from), places.get(to)];
        if (!start || !end) return null;
        const look = mark ? `diff-${mark}${found ? '' : ' diff-faint'}` : 'diff-same';
        const form = kind === 'reference' ? 'diff-line diff-belongs' : 'diff-line';
        return (
          <line key={id} className={`${form} ${look}`} x1={start.x} y1={start.y} x2={end.x} y2={end.y} />
        );
      })}
    </>
  );
}

/** What is there because something that differs is beside it. */
function Beside({ picture, places }: Drawn) {
  return (
    <>
      {picture.nodes.map(({ id, type, title, mark, found }) => {
        const place = places.get(id);
        if (!place || (mark && found)) return null;
        return (
          <g key={id} className={mark ? `diff-${mark} diff-faint` : 'diff-same'}>
            <title>{titleOr(title, type)}</title>
            {mark ? (
              <MarkForm mark={mark} of={type} x={place.x} y={place.y} size={7} />
            ) : (
              <path className="diff-dot" d={kindPath(type, place, 5)} />
            )}
          </g>
        );
      })}
    </>
  );
}

function Items({ items, chosen, optionId, onChoose }: Omit<Props, keyof Drawn>) {
  const { t } = useTranslation('compare');
  return (
    <>
      {items.map(({ id, kind, type, title, mark, at: place }, index) => (
        <g
          key={id}
          id={optionId(index)}
          role="option"
          aria-selected={id === chosen}
          aria-label={`${t(`network.said.${mark}`)} ${kind === 'membership' ? title : `${titleOr(title, type)}, ${typeName(type)}`}`}
          className={`diff-item diff-${mark}`}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => onChoose(id)}
        >
          <title>{titleOr(title, type)}</title>
          {id === chosen && (
            // A person is taller than other forms.
            <circle
              className="diff-ring"
              cx={place.x}
              cy={place.y - (type === 'student' ? 4 : 0)}
              r={type === 'student' ? 19 : 15}
            />
          )}
          <circle className="diff-reach" cx={place.x} cy={place.y} r="14" />
          <MarkForm
            mark={mark}
            of={kind === 'node' ? type : kind}
            x={place.x}
            y={place.y}
            size={sizes[kind]}
          />
        </g>
      ))}
    </>
  );
}

function Names({ picture, places, chosen }: Drawn & Pick<Props, 'chosen'>) {
  const named = useMemo(() => namesWithRoom(picture, places, chosen), [picture, places, chosen]);
  return (
    <>
      {picture.nodes.map((node) => {
        const place = named.get(node.id);
        if (!place) return null;
        return (
          <text
            key={node.id}
            className={`diff-name${node.mark && node.found ? '' : ' diff-name-beside'}`}
            x={place.x}
            y={place.y}
            aria-hidden
          >
            {nameOf(node)}
          </text>
        );
      })}
    </>
  );
}

/** The picture itself: links, what is beside, what differs, and names where they have room. */
export function PictureMarks({ picture, places, chosen, ...choosing }: Props) {
  return (
    <svg width="100%" height="100%" role="presentation">
      <Lines picture={picture} places={places} />
      <Beside picture={picture} places={places} />
      <Items chosen={chosen} {...choosing} />
      <Names picture={picture} places={places} chosen={chosen} />
    </svg>
  );
}
