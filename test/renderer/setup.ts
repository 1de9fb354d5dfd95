import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { resetWindow } from '#renderer/api/window-state.ts';
import { emptyPage, endLeftovers } from './support/leftovers.ts';

// A document without graphics: sigma asks for these when it is loaded.
Object.assign(globalThis, { WebGLRenderingContext: {}, WebGL2RenderingContext: {} });

// Files of tests that run in one process share its modules: each begins with an empty page and a window that was reset.
endLeftovers();
emptyPage();
sessionStorage.clear();
notifications.clean();
notifications.cleanQueue();
vi.useRealTimers();
vi.unstubAllGlobals();
resetWindow();

/** What Mantine asks of a browser and happy-dom does not lay out: nothing here has a size. */
class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

function noMedia(media: string): MediaQueryList {
  return Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
}

vi.stubGlobal('ResizeObserver', NoResize);
Object.defineProperty(window, 'matchMedia', { configurable: true, writable: true, value: noMedia });
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
Element.prototype.scrollIntoView = () => undefined;

// A machine that does much else at a time answers late: what is waited for may come when it comes.
configure({ asyncUtilTimeout: 8000 });

afterEach(() => {
  cleanup();
});
