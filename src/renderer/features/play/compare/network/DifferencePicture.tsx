/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what is drawn is no list of the page */
import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { titleOr, typeName } from '../../../../text/names.ts';
import { followPointer } from '../../../../ui/drag.ts';
import type { Points } from '../../../network/layout/places.ts';
import { MarkForm } from './MarkForm.tsx';
import type { Picture } from './model.ts';
import { itemsOf, namesWithRoom, onScreen, shortened, walked, whole } from './places.ts';

interface Props {
  picture: Picture;
  points: Points;
  /** Id of the record or link that is chosen, or null. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

const nearest = 8;
const furthest = 0.4;

/** What differs drawn as a network. Arrow keys go from one difference to the next, `+`, `-` and `0` come nearer and back. */
export function DifferencePicture({ picture, points, chosen, onChoose }: Props) {
  const { t } = useTranslation(['compare', 'network']);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [look, setLook] = useState(whole);
  const base = useId();
  const places = useMemo(
    () => onScreen(points, { width: width || 800, height: height || 500 }, look),
    [points, width, height, look],
  );
  const items = useMemo(() => itemsOf(picture, places), [picture, places]);
  const named = useMemo(() => namesWithRoom(picture, places, chosen), [picture, places, chosen]);
  const titles = new Map(picture.nodes.map(({ id, title, type }) => [id, titleOr(title, type)]));

  const near = (times: number): void =>
    setLook(({ zoom, by }) => {
      const next = Math.min(nearest, Math.max(furthest, zoom * times));
      return { zoom: next, by: { x: (by.x * next) / zoom, y: (by.y * next) / zoom } };
    });
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = walked(items, chosen, event.key);
    if (to) onChoose(to.id);
    else if (event.key === 'Escape' && chosen !== null) onChoose(null);
    else if (event.key === '+') near(1.3);
    else if (event.key === '-') near(1 / 1.3);
    else if (event.key === '0') setLook(whole);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onDrag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const [x, y, start] = [event.clientX, event.clientY, look];
    followPointer(event, (at) =>
      setLook({ ...start, by: { x: start.by.x + at.clientX - x, y: start.by.y + at.clientY - y } }),
    );
  };
  const at = items.findIndex(({ id }) => id === chosen);
  return (
    <div className="diff-canvas">
      <div
        ref={ref}
        className="diff-picture"
        role="listbox"
        tabIndex={0}
        aria-label={t('network.label', { count: items.length })}
        aria-activedescendant={at < 0 ? undefined : `${base}-${at}`}
        onKeyDown={onKeyDown}
        onPointerDown={onDrag}
        onWheel={({ deltaY }) => near(Math.exp(-deltaY / 500))}
      >
        <svg width="100%" height="100%" role="presentation">
          {picture.links.map(({ id, from, to, mark, found }) => {
            const [start, end] = [places.get(from), places.get(to)];
            if (!start || !end) return null;
            const look_ = mark ? `diff-${mark}${found ? '' : ' diff-faint'}` : 'diff-same';
            return (
              <line
                key={id}
                className={`diff-line ${look_}`}
                x1={start.x}
                y1={start.y}
                x2={end.x}
                y2={end.y}
              />
            );
          })}
          {picture.nodes.map(({ id, mark, found }) => {
            const place = places.get(id);
            if (!place || (mark && found)) return null;
            return (
              <g key={id} className={mark ? `diff-${mark} diff-faint` : 'diff-same'}>
                <title>{titles.get(id)}</title>
                {mark ? (
                  <MarkForm mark={mark} x={place.x} y={place.y} size={7} />
                ) : (
                  <circle className="diff-dot" cx={place.x} cy={place.y} r="4.5" />
                )}
              </g>
            );
          })}
          {items.map(({ id, kind, type, title, mark, at: place }, index) => (
            <g
              key={id}
              id={`${base}-${index}`}
              role="option"
              aria-selected={id === chosen}
              aria-label={`${t(`network.said.${mark}`)} ${titleOr(title, type)}, ${typeName(type)}`}
              className={`diff-item diff-${mark}`}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => onChoose(id)}
            >
              <title>{titleOr(title, type)}</title>
              {id === chosen && <circle className="diff-ring" cx={place.x} cy={place.y} r="17" />}
              <circle className="diff-reach" cx={place.x} cy={place.y} r="14" />
              <MarkForm mark={mark} x={place.x} y={place.y} size={kind === 'node' ? 10 : 7} />
            </g>
          ))}
          {picture.nodes.map(({ id, mark, found }) => {
            const place = places.get(id);
            if (!place || !named.has(id)) return null;
            return (
              <text
                key={id}
                className={`diff-name${mark && found ? '' : ' diff-name-beside'}`}
                x={place.x}
                y={place.y + (mark ? 25 : 18)}
                aria-hidden
              >
                {shortened(titles.get(id) ?? '')}
              </text>
            );
          })}
        </svg>
      </div>
      <div className="diff-zoom">
        <ActionIcon
          aria-label={t('network:zoomIn')}
          title={`${t('network:zoomIn')} (+)`}
          onClick={() => near(1.3)}
        >
          <IconPlus size={16} stroke={1.7} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('network:zoomOut')}
          title={`${t('network:zoomOut')} (-)`}
          onClick={() => near(1 / 1.3)}
        >
          <IconMinus size={16} stroke={1.7} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('network:fit')}
          title={`${t('network:fit')} (0)`}
          onClick={() => setLook(whole)}
        >
          <IconMaximize size={16} stroke={1.7} />
        </ActionIcon>
      </div>
    </div>
  );
}
