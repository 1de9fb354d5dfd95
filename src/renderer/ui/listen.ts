type Handlers = { [Name in keyof WindowEventMap]?: (event: WindowEventMap[Name]) => void };

/** Handles events of the window; with `isCapturing` before its elements. Returns a function that stops it. */
export function listen(handlers: Handlers, isCapturing = false): () => void {
  const entries = Object.entries(handlers) as [string, (event: Event) => void][];
  for (const [name, handler] of entries) addEventListener(name, handler, isCapturing);
  return () => {
    for (const [name, handler] of entries) removeEventListener(name, handler, isCapturing);
  };
}
