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

/** The first marker has the command that writes the block: `<!-- name: npm run … -->`. */
function placeOf(page: string, name: string): { start: number; stop: number } {
  const begin = new RegExp(`<!-- ${name}: npm run [^>]*-->`).exec(page);
  const stop = page.indexOf(`<!-- /${name} -->`);
  if (begin === null || stop < begin.index) throw new Error(`There are no markers of ${name}.`);
  return { start: begin.index + begin[0].length, stop };
}
