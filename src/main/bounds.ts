export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the window was, in the system's pixels. */
export interface WindowPlace extends Box {
  maximized: boolean;
}

export const DEFAULT_SIZE = { width: 1280, height: 800 };
export const LEAST_SIZE = { width: 680, height: 500 };

/**
 * The remembered place, if enough of the title bar would be on one of the screens to be grasped (a screen may be gone), fitted
 * to that screen; else only a size, so that the system centres the window.
 */
export function placeOn(screens: readonly Box[], place: WindowPlace | null): Partial<Box> {
  const screen = place ? screens.find((candidate) => graspable(candidate, place)) : undefined;
  if (!place || !screen) return DEFAULT_SIZE;
  const width = Math.max(LEAST_SIZE.width, Math.min(place.width, screen.width));
  const height = Math.max(LEAST_SIZE.height, Math.min(place.height, screen.height));
  return { x: place.x, y: Math.max(place.y, screen.y), width, height };
}

const GRASP = 80;

function graspable(screen: Box, place: Box): boolean {
  const across = Math.min(screen.x + screen.width, place.x + place.width) - Math.max(screen.x, place.x);
  return across >= GRASP && place.y >= screen.y - 10 && place.y <= screen.y + screen.height - GRASP;
}
