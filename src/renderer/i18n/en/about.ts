export default {
  what: 'Maps who works on what in university space programmes, how strong each link is, and what breaks when people leave.',
  version: 'Version',
  build: 'Build',
  built: '{{date}}, {{commit}}',
  electron: 'Electron',
  chromium: 'Chromium',
  node: 'Node.js',
  sqlite: 'SQLite',
  schema: 'Workspace schema',
  system: 'System',
  licences: 'Licences',
  licencesIntro_one: 'FRAMES uses {{count}} open-source package.',
  licencesIntro_other: 'FRAMES uses {{count}} open-source packages.',
  search: 'Search packages and licences',
  noText: 'This package has no licence text; its licence is {{licence}}.',
  chromiumNote:
    'Electron has the MIT licence. Chromium’s licences are in LICENSES.chromium.html next to the program.',
} as const;
