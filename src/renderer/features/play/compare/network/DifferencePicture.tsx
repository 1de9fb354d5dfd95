/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what is drawn is no list of the page */
import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { followPointer } from '../../../../ui/drag.ts';
import type { Points } from '../../../network/layout/places.ts';
import type { Picture } from './model.ts';
import { PictureMarks } from './PictureMarks.tsx';
import { itemsOf, onScreen, walked, whole } from './places.ts';

interface Props {
  picture: Picture;
  points: Points;
  /** Id of the record or link that is chosen, or null. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

const nearest = 8;
const furthest = 0.4;

/** Nearer, further away, everything. */
function Nearer({ near, onWhole }: { near: (times: number) => void; onWhole: () => void }) {
  const { t } = useTranslation('network');
  return (
    <div className="diff-zoom">
      <ActionIcon aria-label={t('zoomIn')} title={`${t('zoomIn')} (+)`} onClick={() => near(1.3)}>
        <IconPlus size={16} stroke={1.7} />
      </ActionIcon>
      <ActionIcon aria-label={t('zoomOut')} title={`${t('zoomOut')} (-)`} onClick={() => near(1 / 1.3)}>
        <IconMinus size={16} stroke={1.7} />
      </ActionIcon>
      <ActionIcon aria-label={t('fit')} title={`${t('fit')} (0)`} onClick={onWhole}>
        <IconMaximize size={16} stroke={1.7} />
      </ActionIcon>
    </div>
  );
}

/** What differs drawn as a network. Arrow keys go from one difference to the next, `+`, `-` and `0` come nearer and back. */
export function DifferencePicture({ picture, points, chosen, onChoose }: Props) {
  const { t } = useTranslation('compare');
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [look, setLook] = useState(whole);
  const base = useId();
  const optionId = (place: number): string => `${base}-${place}`;
  const places = useMemo(
    () => onScreen(points, { width: width || 800, height: height || 500 }, look),
    [points, width, height, look],
  );
  const items = useMemo(() => itemsOf(picture, places), [picture, places]);

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
        aria-label={t('network.label', { count: items.filter(({ kind }) => kind !== 'membership').length })}
        aria-activedescendant={at < 0 ? undefined : optionId(at)}
        onKeyDown={onKeyDown}
        onPointerDown={onDrag}
        onWheel={({ deltaY }) => near(Math.exp(-deltaY / 500))}
      >
        <PictureMarks
          picture={picture}
          places={places}
          items={items}
          chosen={chosen}
          optionId={optionId}
          onChoose={onChoose}
        />
      </div>
      <Nearer near={near} onWhole={() => setLook(whole)} />
    </div>
  );
}
