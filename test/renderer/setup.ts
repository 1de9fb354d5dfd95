import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { queries } from '#renderer/stores/queries.ts';
import { sweep } from '#renderer/ui/on-screen.ts';
import { renewStores } from './support/zustand.ts';

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

// The files of tests that a process runs one after the other share the window's program, and each begins with what a new window has.
renewStores();
sweep(new Set());
notifications.clean();
notifications.cleanQueue();
queries.clear();
