const markers = (name: string) => ({ begin: `<!-- ${name}: npm run science -->`, end: `<!-- /${name} -->` });

/** A page with other text between the markers of a name. Throws where it has no such markers. */
export function withBlock(page: string, name: string, text: string): string {
  const { start, stop } = placeOf(page, name);
  return `${page.slice(0, start)}\n${text}\n${page.slice(stop)}`;
}

/** What a page has between the markers of a name. */
export function blockOf(page: string, name: string): string {
  const { start, stop } = placeOf(page, name);
  return page.slice(start, stop).trim();
}

function placeOf(page: string, name: string): { start: number; stop: number } {
  const { begin, end } = markers(name);
  const [at, stop] = [page.indexOf(begin), page.indexOf(end)];
  if (at === -1 || stop < at) throw new Error(`There are no markers of ${name}.`);
  return { start: at + begin.length, stop };
}
