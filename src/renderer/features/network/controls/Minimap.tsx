import { useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { ZoomButtons } from '../../../ui/stage/ZoomButtons.tsx';
import { extentOf } from '../layout/positions.ts';
import type { LayoutBox, Points } from '../layout/positions.ts';
import type { Look } from '../look/appearance.ts';
import type { Point } from '../model/model.ts';
import styles from '../network.module.css';
import type { Scene } from '../stage/useScene.ts';

const mapSize = { width: 150, height: 96 };
const margin = 14;

/** Converts between layout positions (y up) and px of the minimap (y down). */
interface MapScale {
  toMap: (point: Point) => Point;
  toLayout: (point: Point) => Point;
}

export function mapScale({ x, y }: LayoutBox): MapScale {
  const [width, height] = [x[1] - x[0], y[1] - y[0]];
  const scale = Math.min((mapSize.width - 2 * margin) / width, (mapSize.height - 2 * margin) / height);
  const left = (mapSize.width - width * scale) / 2;
  const top = (mapSize.height - height * scale) / 2;
  return {
    toMap: (point) => ({ x: left + (point.x - x[0]) * scale, y: top + (y[1] - point.y) * scale }),
    toLayout: (point) => ({ x: x[0] + (point.x - left) / scale, y: y[1] - (point.y - top) / scale }),
  };
}

interface DotPicture {
  points: Points;
  look: Look;
  scale: MapScale;
  picture: HTMLCanvasElement;
}

function scaledCanvas(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  canvas.width = mapSize.width * ratio;
  canvas.height = mapSize.height * ratio;
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

function drawDots(points: Points, look: Look): DotPicture {
  const picture = document.createElement('canvas');
  const context = scaledCanvas(picture);
  const scale = mapScale(extentOf(points.values()));
  const dotSize = points.size > 2000 ? 1 : points.size > 200 ? 1.6 : 2.4;
  for (const [id, point] of points) {
    if (!context) break;
    const { x, y } = scale.toMap(point);
    context.fillStyle = look.styles.node(id).color;
    context.fillRect(x - dotSize / 2, y - dotSize / 2, dotSize, dotSize);
  }
  return { points, look, scale, picture };
}

function drawMap(
  canvas: HTMLCanvasElement,
  { stage, layout }: Scene,
  look: Look,
  previous: DotPicture | null,
): DotPicture {
  const { points } = layout;
  const dots = previous?.points === points && previous.look === look ? previous : drawDots(points, look);
  const context = scaledCanvas(canvas);
  if (!context) return dots;
  context.drawImage(dots.picture, 0, 0, mapSize.width, mapSize.height);
  const viewport = stage.camera.viewport();
  const topLeft = dots.scale.toMap({ x: viewport.x[0], y: viewport.y[1] });
  const bottomRight = dots.scale.toMap({ x: viewport.x[1], y: viewport.y[0] });
  const [left, top] = [Math.max(1, topLeft.x), Math.max(1, topLeft.y)];
  context.strokeStyle = look.ink.accent;
  context.lineWidth = 1.5;
  context.strokeRect(
    left,
    top,
    Math.max(2, Math.min(mapSize.width - 1, bottomRight.x) - left),
    Math.max(2, Math.min(mapSize.height - 1, bottomRight.y) - top),
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
  const dots = useRef<DotPicture | null>(null);
  useEffect(() => {
    let frame = 0;
    const redraw = (): void => {
      // Redraws after the network, at most once a frame.
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          if (canvas.current) dots.current = drawMap(canvas.current, scene, look, dots.current);
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
    const position = dots.current?.scale.toLayout({
      x: event.clientX - box.left,
      y: event.clientY - box.top,
    });
    if (position) scene.stage.camera.centreOn(position);
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
      style={mapSize}
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

export function CornerControls({ scene, look, hasOverview }: Props & { hasOverview: boolean }) {
  return (
    <ZoomButtons
      zoomBy={(steps) => scene.stage.camera.zoomBy(zoomStep ** -steps)}
      fit={() => scene.layout.fit()}
    >
      {hasOverview && <Minimap scene={scene} look={look} />}
    </ZoomButtons>
  );
}
