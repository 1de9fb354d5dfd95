export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Window bounds in the system's pixels. */
export interface WindowPlace extends Box {
  maximized: boolean;
}

export const DEFAULT_SIZE = { width: 1280, height: 800 };
export const LEAST_SIZE = { width: 680, height: 500 };

/** The saved bounds if a screen shows enough of the title bar to drag; otherwise only a size. */
export function placeOn(screens: readonly Box[], place: WindowPlace | null): Partial<Box> {
  const screen = place ? screens.find((candidate) => isDraggable(candidate, place)) : undefined;
  if (!place || !screen) return DEFAULT_SIZE;
  const width = Math.max(LEAST_SIZE.width, Math.min(place.width, screen.width));
  const height = Math.max(LEAST_SIZE.height, Math.min(place.height, screen.height));
  return { x: place.x, y: Math.max(place.y, screen.y), width, height };
}

const GRIP = 80;

function isDraggable(screen: Box, place: Box): boolean {
  const overlap = Math.min(screen.x + screen.width, place.x + place.width) - Math.max(screen.x, place.x);
  return overlap >= GRIP && place.y >= screen.y - 10 && place.y <= screen.y + screen.height - GRIP;
}
