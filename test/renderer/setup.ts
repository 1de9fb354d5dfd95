import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { emptyPage, endLeftovers } from './support/leftovers.ts';

// A document without graphics: sigma asks for these when it is loaded.
Object.assign(globalThis, { WebGLRenderingContext: {}, WebGL2RenderingContext: {} });

// The files of tests that a process runs one after the other share the packages that it has loaded, and nothing else: each begins with
// an empty page and loads the window's program anew, since what that keeps in its modules lasts as long as a window.
endLeftovers();
emptyPage();
sessionStorage.clear();
notifications.clean();
notifications.cleanQueue();
vi.useRealTimers();
vi.unstubAllGlobals();
vi.resetModules();

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
