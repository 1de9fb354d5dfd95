type Listening = Parameters<typeof window.removeEventListener>;

interface Leftovers {
  timers: Set<NodeJS.Timeout>;
  listeners: Listening[];
}

// Kept by the process: what this module holds itself goes with every other module's when a file of tests begins.
const place = Symbol.for('frames.test.leftovers');
const kept = globalThis as { [place]?: Leftovers };

/** The function, telling what it was called with and what it gave. */
function told<F extends (...given: never[]) => unknown>(
  work: F,
  tell: (given: Parameters<F>, gave: ReturnType<F>) => void,
): F {
  return new Proxy(work, {
    apply: (target, self, given: Parameters<F>) => {
      const gave = Reflect.apply(target, self, given) as ReturnType<F>;
      tell(given, gave);
      return gave;
    },
  });
}

/** From now on notes every timer that is set and whoever listens to the window. */
function note(): Leftovers {
  const left: Leftovers = { timers: new Set(), listeners: [] };
  const timer = (_: unknown, one: NodeJS.Timeout): void => void left.timers.add(one);
  globalThis.setTimeout = told(globalThis.setTimeout, timer);
  globalThis.setInterval = told(globalThis.setInterval, timer);
  window.addEventListener = told(window.addEventListener, (given: Listening) => left.listeners.push(given));
  return left;
}

/** Ends what the file of tests before in this process still waits for or listens to: a window that was closed does neither. */
export function endLeftovers(): void {
  const left = (kept[place] ??= note());
  for (const timer of left.timers) clearTimeout(timer);
  for (const listening of left.listeners) window.removeEventListener(...listening);
  left.timers.clear();
  left.listeners.length = 0;
}

/** An empty page, as it comes before the program. */
export function emptyPage(): void {
  const { documentElement, body } = document;
  body.replaceChildren();
  for (const element of [documentElement, body])
    for (const name of element.getAttributeNames()) element.removeAttribute(name);
  document.title = '';
}
