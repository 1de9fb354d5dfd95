import { preferred } from '../../../stores/preferences.ts';

/** Whether this window can draw with WebGL: asked of a canvas that is thrown away. */
export function hasWebgl(): boolean {
  try {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
    const there = context !== null;
    // A window has only so many contexts.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return there;
  } catch {
    return false;
  }
}

/** The person wants less motion: here, or on the whole computer. */
export function wantsStillness(): boolean {
  return preferred('motion') === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches;
}
