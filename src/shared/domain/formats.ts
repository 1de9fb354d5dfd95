/** Export formats for all records. `original` is the original program's file; `frames` is frames-json packed into one file. */
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

/** Extensions of tables; those of old and other spreadsheets are included to explain what to do with them. */
const tableExtension = /\.(?:csv|tsv|tab|txt|xlsx|xlsm|xls|ods|html?|jsonl|ndjson)$/i;

export const isTableName = (name: string): boolean => tableExtension.test(name);

export type ExportFormat = (typeof exportFormats)[number];

export const extensionByFormat: Readonly<Record<ExportFormat, string>> = {
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

const formatsByExtension: readonly ExportFormat[] = [
  'frames-json',
  'frames',
  'xlsx',
  'gexf',
  'graphml',
  'cytoscape',
];

export const encryptedExtension = '.age';

export const unencryptedName = (name: string): string =>
  name.toLowerCase().endsWith(encryptedExtension) ? name.slice(0, -encryptedExtension.length) : name;

/** The format of a file name, encrypted or not: frames-json for `.json`. Null for `.csv`, which has several, and unknown extensions. */
export function formatOf(name: string): ExportFormat | null {
  const extension = /\.([a-z]+)$/i.exec(unencryptedName(name))?.[1]?.toLowerCase();
  return formatsByExtension.find((format) => extensionByFormat[format] === extension) ?? null;
}

/** Graph formats of other programs, for import only. */
export const foreignFormats = ['graphology', 'json-graph', 'kumu', 'gml', 'pajek'] as const;

export const importFormats = [...exportFormats, ...foreignFormats] as const;

export type ImportFormat = (typeof importFormats)[number];
