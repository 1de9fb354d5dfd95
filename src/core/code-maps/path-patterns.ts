/** The part of a regular expression for a pattern between slashes. */
const segment = (text: string): string =>
  text
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');

/** Whether a path is meant by a pattern of .gitignore and CODEOWNERS: `/src/`, `*.c`, `docs/**`. Folders include all their files. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const isAnchored = /\/./.test(pattern);
  const parts = pattern.split('/').filter((part) => part !== '');
  const body = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === '**') return isLast ? '.*' : '(?:.*/)?';
    return `${segment(part)}${isLast ? '' : '/'}`;
  });
  const end = parts.at(-1) === '**' ? '' : pattern.endsWith('/') ? '/.*' : '(?:/.*)?';
  const expression = new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${body.join('')}${end}$`, 's');
  return (path) => parts.length > 0 && expression.test(path);
}
