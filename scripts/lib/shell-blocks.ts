/** The code of all `sh` blocks of a Markdown page, in order; with `root` also of the `bash` blocks, which change the system. Throws if there are none. */
export function shellBlocks(markdown: string, { root = false } = {}): string[] {
  const languages = root ? 'sh|bash' : 'sh';
  const pattern = new RegExp(`^\`\`\`(?:${languages})\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  const blocks = [...markdown.matchAll(pattern)].map(([, code = '']) => code);
  if (blocks.length === 0) throw new Error('The page has no blocks of commands.');
  return blocks;
}
