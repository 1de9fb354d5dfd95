import { useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { ZoomButtons } from '../../../ui/stage/ZoomButtons.tsx';
import { extentOf } from '../layout/positions.ts';
import type { Box, Points } from '../layout/positions.ts';
import type { Look } from '../look/appearance.ts';
import type { Point } from '../model/model.ts';
import styles from '../network.module.css';
import type { Scene } from '../stage/useScene.ts';

const size = { width: 150, height: 96 };
const margin = 14;

/** Converts between layout positions (y up) and px of the minimap (y down). */
interface MapScale {
  toMap: (point: Point) => Point;
  toLayout: (point: Point) => Point;
}

export function mapScale({ x, y }: Box): MapScale {
  const [across, up] = [x[1] - x[0], y[1] - y[0]];
  const scale = Math.min((size.width - 2 * margin) / across, (size.height - 2 * margin) / up);
  const left = (size.width - across * scale) / 2;
  const top = (size.height - up * scale) / 2;
  return {
    toMap: (point) => ({ x: left + (point.x - x[0]) * scale, y: top + (y[1] - point.y) * scale }),
    toLayout: (point) => ({ x: x[0] + (point.x - left) / scale, y: y[1] - (point.y - top) / scale }),
  };
}

interface Dots {
  points: Points;
  look: Look;
  scale: MapScale;
  picture: HTMLCanvasElement;
}

function scaledCanvas(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  canvas.width = size.width * ratio;
  canvas.height = size.height * ratio;
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

function drawDots(points: Points, look: Look): Dots {
  const picture = document.createElement('canvas');
  const context = scaledCanvas(picture);
  const scale = mapScale(extentOf(points.values()));
  const dot = points.size > 2000 ? 1 : points.size > 200 ? 1.6 : 2.4;
  for (const [id, point] of points) {
    if (!context) break;
    const { x, y } = scale.toMap(point);
    context.fillStyle = look.styles.node(id).color;
    context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
  }
  return { points, look, scale, picture };
}

function draw(canvas: HTMLCanvasElement, { stage, layout }: Scene, look: Look, before: Dots | null): Dots {
  const { points } = layout;
  const dots = before?.points === points && before.look === look ? before : drawDots(points, look);
  const context = scaledCanvas(canvas);
  if (!context) return dots;
  context.drawImage(dots.picture, 0, 0, size.width, size.height);
  const seen = stage.camera.viewport();
  const from = dots.scale.toMap({ x: seen.x[0], y: seen.y[1] });
  const to = dots.scale.toMap({ x: seen.x[1], y: seen.y[0] });
  const [left, top] = [Math.max(1, from.x), Math.max(1, from.y)];
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

interface Props {
  scene: Scene;
  look: Look;
}

/** The whole network with the visible part; dragging moves the camera. */
function Minimap({ scene, look }: Props) {
  const { t } = useTexts('network');
  const canvas = useRef<HTMLCanvasElement>(null);
  const dots = useRef<Dots | null>(null);
  useEffect(() => {
    let frame = 0;
    const redraw = (): void => {
      // After the network, and at most once a frame.
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          if (canvas.current) dots.current = draw(canvas.current, scene, look, dots.current);
        });
    };
    redraw();
    scene.stage.sigma.on('afterRender', redraw);
    return () => {
      scene.stage.sigma.off('afterRender', redraw);
      cancelAnimationFrame(frame);
    };
  }, [scene, look]);
  const moveCamera = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const to = dots.current?.scale.toLayout({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (to) scene.stage.camera.centreOn(to);
  };
  return (
    <canvas
      ref={canvas}
      className={`${styles.minimap} card on-panel`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is drawn, not loaded
      role="img"
      data-testid="network-minimap"
      aria-label={t('minimap')}
      title={t('minimap')}
      style={size}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveCamera(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) moveCamera(event);
      }}
    />
  );
}

const zoomStep = 1.5;

export function Corner({ scene, look, hasOverview }: Props & { hasOverview: boolean }) {
  return (
    <ZoomButtons
      zoomBy={(steps) => scene.stage.camera.zoomBy(zoomStep ** -steps)}
      fit={() => scene.layout.fit()}
    >
      {hasOverview && <Minimap scene={scene} look={look} />}
    </ZoomButtons>
  );
}
