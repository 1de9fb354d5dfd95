/** Files that all records can be written to. `original` is the original program's own file; `frames` is frames-json packed into one file. */
export const exportFormats = [
  'frames-json',
  'frames',
  'xlsx',
  'gexf',
  'graphml',
  'csv-nodes',
  'csv-edges',
  'cytoscape',
  'node-link',
  'original',
] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** The ending of a file of each format. */
export const endingOf: Readonly<Record<ExportFormat, string>> = {
  'frames-json': 'json',
  frames: 'frames',
  xlsx: 'xlsx',
  gexf: 'gexf',
  graphml: 'graphml',
  'csv-nodes': 'csv',
  'csv-edges': 'csv',
  cytoscape: 'cyjs',
  'node-link': 'json',
  original: 'json',
};

const byEnding: readonly ExportFormat[] = ['frames-json', 'frames', 'xlsx', 'gexf', 'graphml', 'cytoscape'];

/** The ending that a name gets when the file is encrypted, after that of its format. */
export const encryptedEnding = '.age';

/** The name without the ending of an encrypted file. */
export const plainName = (name: string): string =>
  name.toLowerCase().endsWith(encryptedEnding) ? name.slice(0, -encryptedEnding.length) : name;

/** The format that a file's name asks for, encrypted or not; null where its ending is no format's, or that of several. */
export function formatOf(name: string): ExportFormat | null {
  const ending = /\.([a-z]+)$/i.exec(plainName(name))?.[1]?.toLowerCase();
  return byEnding.find((format) => endingOf[format] === ending) ?? null;
}

/** Graphs of other programs, which are only read. */
export const foreignFormats = ['graphology', 'json-graph', 'kumu', 'gml', 'pajek'] as const;

export const importFormats = [...exportFormats, ...foreignFormats] as const;

export type ImportFormat = (typeof importFormats)[number];
