import { z } from 'zod';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const windowBounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  maximized: z.boolean().catch(false),
});
export type WindowBounds = z.infer<typeof windowBounds>;

export const DEFAULT_SIZE = { width: 1280, height: 800 };
export const MIN_SIZE = { width: 680, height: 500 };

/** The saved bounds if a screen shows enough of the title bar to drag; otherwise only a size. */
export function boundsOn(screens: readonly Box[], savedBounds: WindowBounds | null): Partial<Box> {
  const screen = savedBounds ? screens.find((candidate) => isDraggable(candidate, savedBounds)) : undefined;
  if (!savedBounds || !screen) return DEFAULT_SIZE;
  const width = Math.max(MIN_SIZE.width, Math.min(savedBounds.width, screen.width));
  const height = Math.max(MIN_SIZE.height, Math.min(savedBounds.height, screen.height));
  return { x: savedBounds.x, y: Math.max(savedBounds.y, screen.y), width, height };
}

const GRIP_SIZE = 80;
const TOP_TOLERANCE = 10;

function isDraggable(screen: Box, bounds: Box): boolean {
  const overlap = Math.min(screen.x + screen.width, bounds.x + bounds.width) - Math.max(screen.x, bounds.x);
  return (
    overlap >= GRIP_SIZE &&
    bounds.y >= screen.y - TOP_TOLERANCE &&
    bounds.y <= screen.y + screen.height - GRIP_SIZE
  );
}
