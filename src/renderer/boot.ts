import { bridge } from './api/bridge.ts';
import { markOnce } from './api/marks.ts';
import { listenForPorts } from './api/ports.ts';

// Before the shell opened the window, it set the color scheme of the system to the theme of the seat.
const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';

listenForPorts();
bridge.connect();

/** Resolves when the static shell has been painted, or after 500 ms. */
function waitForPaint(): Promise<void> {
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

await waitForPaint();
await import('./main.tsx');
