import { bridge } from './api/bridge.ts';
import { markOnce } from './api/marks.ts';
import { listenForPorts } from './api/ports.ts';

// The shell sets the system's theme to the seat's choice before it opens the window, so this is the one to show.
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';

listenForPorts();
bridge.connect();

new PerformanceObserver((list, observer) => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  if (!paint) return;
  observer.disconnect();
  markOnce('frames:first-paint-shell', paint.startTime);
}).observe({ type: 'paint', buffered: true });

/**
 * Resolves when the static shell has been handed over to be shown: what runs from then on does not hold it up. At the latest
 * after a moment, because a window that nobody sees gets no frame.
 */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 500);
  });
}

await drawn();
await import('./main.tsx');
