import { bridge } from './api/bridge.ts';
import { markOnce } from './api/marks.ts';
import { listenForPorts } from './api/ports.ts';

// The shell sets the system's theme to the seat's choice before it opens the window, so this is the one to show.
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';

listenForPorts();
bridge.connect();

/** Resolves when the static shell in the page is on the screen; at the latest after a moment, should nothing be painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0];
      if (!paint) return;
      observer.disconnect();
      markOnce('frames:first-paint-shell', paint.startTime);
      resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
    setTimeout(resolve, 500);
  });
}

await painted();
await import('./main.tsx');
