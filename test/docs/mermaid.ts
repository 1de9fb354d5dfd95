/** The Mermaid diagrams of a Markdown page. */
export const diagramsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].map(([, diagram = '']) => diagram);

const unknownLines = (lines: readonly string[], known: readonly RegExp[]): string[] =>
  lines.filter((line) => !known.some((form) => form.test(line)));

function entityProblems(lines: readonly string[]): string[] {
  const forms = [
    /^ {2}\w+ \|o(--|\.\.)o\{ \w+ : "[\w, ]+"$/,
    /^ {2}\w+ \{$/,
    /^ {4}\w[\w[\]()]* \w+( PK| FK| PK, FK)?( "\w+")?$/,
    /^ {2}\}$/,
  ];
  const opened = lines.filter((line) => line.endsWith('{')).length;
  const closed = lines.filter((line) => line.trim() === '}').length;
  return [...unknownLines(lines, forms), ...(opened === closed ? [] : ['a table does not end'])];
}

function flowProblems(lines: readonly string[]): string[] {
  const node = /^ +(\w+)(\["[^"]+"\]|\(\["[^"]+"\]\)|\[\("[^"]+"\)\])$/;
  const edge = /^ +(\w+) (?:-- "[^"]+" )?--> (\w+)$/;
  const part = /^ +subgraph \w+\["[^"]+"\]$/;
  const end = /^ +end$/;
  const nodes = new Set(lines.map((line) => node.exec(line)?.[1]));
  const ends = lines.flatMap((line) => edge.exec(line)?.slice(1) ?? []);
  const isBalanced =
    lines.filter((line) => part.test(line)).length === lines.filter((line) => end.test(line)).length;
  return [
    ...unknownLines(lines, [node, edge, part, end]),
    ...ends.filter((name) => !nodes.has(name)).map((name) => `there is no node ${name}`),
    ...(isBalanced ? [] : ['a part does not end']),
  ];
}

/**
 * Lines of a diagram that Mermaid would not read, for the two kinds that the reference draws. Mermaid itself is 200 MB with its packages, which is too much
 * to install for this check.
 */
export function diagramProblems(diagram: string): string[] {
  const [kind = '', ...lines] = diagram.split('\n');
  if (kind === 'erDiagram') return entityProblems(lines);
  return kind.startsWith('flowchart ') ? flowProblems(lines) : [`no kind of diagram: ${kind}`];
}
