import { useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { extent } from '../layout/places.ts';
import type { Points } from '../layout/places.ts';
import type { Look } from '../look/useLook.ts';
import type { Desk } from '../desk.ts';
import type { Point } from '../model/model.ts';
import { mapScale } from './minimap.ts';
import type { MapScale } from './minimap.ts';

const size = { width: 150, height: 96 };

/** The nodes on the small map, drawn once for as long as they stay where they are. */
interface Dots {
  points: Points;
  look: Look;
  scale: MapScale;
  picture: HTMLCanvasElement;
}

function drawDots(points: Points, look: Look): Dots {
  const ratio = window.devicePixelRatio;
  const picture = document.createElement('canvas');
  picture.width = size.width * ratio;
  picture.height = size.height * ratio;
  const scale = mapScale(extent(points.values()), size.width, size.height, 14);
  const context = picture.getContext('2d');
  context?.scale(ratio, ratio);
  const dot = points.size > 2000 ? 1 : points.size > 200 ? 1.6 : 2.4;
  for (const [id, point] of points) {
    if (!context) break;
    const { x, y } = scale.toMap(point);
    context.fillStyle = look.styles.node(id).color;
    context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
  }
  return { points, look, scale, picture };
}

function draw(canvas: HTMLCanvasElement, { stage, director }: Desk, look: Look, before: Dots | null): Dots {
  const { points } = director;
  const dots = before?.points === points && before.look === look ? before : drawDots(points, look);
  const context = canvas.getContext('2d');
  if (!context) return dots;
  const ratio = window.devicePixelRatio;
  canvas.width = size.width * ratio;
  canvas.height = size.height * ratio;
  context.drawImage(dots.picture, 0, 0);
  context.scale(ratio, ratio);
  const seen = stage.eye.viewport();
  const from = dots.scale.toMap({ x: seen.x[0], y: seen.y[1] });
  const to = dots.scale.toMap({ x: seen.x[1], y: seen.y[0] });
  const left = Math.max(1, from.x);
  const top = Math.max(1, from.y);
  context.strokeStyle = look.ink.accent;
  context.lineWidth = 1.5;
  context.strokeRect(
    left,
    top,
    Math.max(2, Math.min(size.width - 1, to.x) - left),
    Math.max(2, Math.min(size.height - 1, to.y) - top),
  );
  return dots;
}

/** The whole on little room, with what the window shows of it; dragging there moves the picture. */
export function Minimap({ desk, look }: { desk: Desk; look: Look }) {
  const { t } = useTranslation('network');
  const canvas = useRef<HTMLCanvasElement>(null);
  const dots = useRef<Dots | null>(null);
  useEffect(() => {
    let frame = 0;
    const later = (): void => {
      // The large picture first; this one when there is time, at most once a frame.
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          if (canvas.current) dots.current = draw(canvas.current, desk, look, dots.current);
        });
    };
    later();
    desk.stage.sigma.on('afterRender', later);
    return () => {
      desk.stage.sigma.off('afterRender', later);
      cancelAnimationFrame(frame);
    };
  }, [desk, look]);
  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at: Point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const to = dots.current?.scale.toLayout(at);
    if (to) desk.stage.eye.centreOn(to, false);
  };
  return (
    <canvas
      ref={canvas}
      className="network-minimap network-float"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is drawn, not loaded
      role="img"
      aria-label={t('minimap')}
      title={t('minimap')}
      style={size}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) go(event);
      }}
    />
  );
}
