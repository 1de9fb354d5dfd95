/** What the program is, and whose work is in it. */
export default {
  title: 'About FRAMES',
  what: 'Maps who works on what in university space programmes, how strong each link is, and what breaks when people leave.',
  version: 'Version',
  build: 'Build',
  built: '{{date}}, {{commit}}',
  electron: 'Electron',
  chromium: 'Chromium',
  node: 'Node.js',
  sqlite: 'SQLite',
  schema: 'Schema of the workspace',
  system: 'System',
  copy: 'Copy details',
  copied: 'Details copied',
  licences: 'Licences',
  licencesIntro_one: 'FRAMES is built on the work of others: {{count}} package.',
  licencesIntro_other: 'FRAMES is built on the work of others: {{count}} packages.',
  search: 'Find a package or licence',
  nothing: 'No package is called so',
  noText: 'The package brings no text of its licence; it is {{licence}}.',
  chromiumNote:
    'Electron is under the MIT licence. The licences of Chromium and of all that is in it lie beside the program, in LICENSES.chromium.html.',
} as const;
