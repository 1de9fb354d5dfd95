/** A test of one item; null for a star, which matches any number of items. */
type Part<T> = ((item: T) => boolean) | null;

/** Whether the parts match all items. Only the last star is tried again, so the time is at most their product. */
function matchesAll<T>(items: ArrayLike<T>, parts: readonly Part<T>[]): boolean {
  let [item, part, star, starItem] = [0, 0, -1, 0];
  while (item < items.length) {
    const test = parts[part];
    if (test === null) [star, starItem, part] = [part, item, part + 1];
    else if (test?.(items[item] as T)) [item, part] = [item + 1, part + 1];
    else if (star === -1) return false;
    else [item, part, starItem] = [starItem + 1, star + 1, starItem + 1];
  }
  return parts.slice(part).every((rest) => rest === null);
}

const isAny = (): boolean => true;

/** The test of a pattern between slashes. */
function segmentPart(text: string): Part<string> {
  if (text === '**') return null;
  if (!/[*?]/.test(text)) return (segment) => segment === text;
  const letters = Array.from({ length: text.length }, (_, index): Part<string> => {
    const letter = text[index];
    return letter === '*' ? null : letter === '?' ? isAny : (other) => other === letter;
  });
  return (segment) => matchesAll(segment, letters);
}

/** Whether a path is meant by a pattern of .gitignore and CODEOWNERS: `/src/`, `*.c`, `docs/**`. Folders include all their files. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const texts = pattern.split('/').filter((text) => text !== '');
  const isInside = pattern.endsWith('/') || texts.at(-1) === '**';
  const parts = [
    ...(/\/./.test(pattern) ? [] : [null]),
    ...texts.map(segmentPart),
    ...(isInside ? [isAny] : []),
    null,
  ];
  return (path) => texts.length > 0 && matchesAll(path.split('/'), parts);
}
