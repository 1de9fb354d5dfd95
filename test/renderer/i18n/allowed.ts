/** Words that are the same in both languages: names, units, and what English lent. */
const shared: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Admin',
    'Alt',
    'Enter',
    'Esc',
    'Build',
    'Baseline',
    'Chromium',
    'Co-PI',
    'CSV',
    'CubeSat',
    'Details',
    'Electron',
    'Excel (XLSX)',
    'Export',
    'Filter',
    'Filter…',
    'FRAMES',
    'GEXF',
    'GraphML',
    'Hash',
    'Import',
    'Cluster {{number}}',
    'Code',
    'Commit',
    'Commits',
    'Repositories',
    'Repository',
    'Live',
    'Matrix',
    'Maximum',
    'Mentor',
    'Minimum',
    'Name',
    'Node.js',
    'OK',
    'Operation',
    'Organisation',
    'PI',
    'Passphrase',
    'Passphrase (optional)',
    'Position',
    'Problem',
    'PROVES',
    'Projekt',
    'Proxy',
    'SQLite',
    'Status',
    'System',
    'Tab {{number}}',
    'Team',
    'Team {{row}}',
    'Teams',
    'Text',
    'Version',
    'WAL',
    'GitHub',
    'GitLab',
    'Gitea',
    'Standard Webhooks',
    'Webhooks',
    'WebSockets',
    'Zoom',
    'System ({{name}})',
    'Version {{version}}',
    'Person {{row}}',
    'Person',
    'Postgres',
    'Schema',
    'Server',
    'extern',
    'intern',
  ],
};

/** A text without words: holes, signs and figures. */
const wordless = (text: string): boolean => !/\p{L}{2,}/u.test(text.replaceAll(/\{\{[^}]*\}\}/g, ''));

/** Texts that may be the same, by their key: file names, patterns of how something is written. */
const keys = [
  /\.within$/,
  /\.suggested$/,
  /\.numbers\.(comma|point|space)$/,
  /^records\.counted\.(team|position)_/,
  /^records\.unit/,
];

/** True when a text of another language may be the English one. */
export function alike(code: string, key: string, text: string): boolean {
  return wordless(text) || keys.some((one) => one.test(key)) || (shared[code] ?? []).includes(text);
}

const attributes = /\b(?:aria-label|title|placeholder|label|alt|description)="([^"]*\p{L}{2}[^"]*)"/gu;
const between = />\s*([^<>{}]*\p{L}{2}[^<>{}]*)\s*<\//gu;

/** Words in a component's JSX that come from no catalogue: in attributes that are read, and between tags. */
export function bare(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const named = [...code.matchAll(attributes)].map(([, words = '']) => words);
  // What stands between `=>` and a later `</` is code, not text.
  const shown = [...code.matchAll(between)]
    .filter(({ index }) => !/[=-]$/.test(code.slice(Math.max(0, index - 1), index)))
    .map(([, words = '']) => words.trim())
    .filter((words) => !/[;=()[\]?:&|]/.test(words));
  return [...named, ...shown].filter((words) => words !== 'FRAMES');
}
