/** The code of all `sh` blocks of a Markdown page, in order. Throws if there are none. */
export function shellBlocks(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  if (blocks.length === 0) throw new Error('The page has no sh blocks.');
  return blocks;
}
