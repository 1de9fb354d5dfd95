import type en from '../en/about.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Was das Programm ist und wessen Arbeit darin steckt. */
export default {
  title: 'Über FRAMES',
  what: 'Zeigt, wer in universitären Raumfahrtprogrammen woran arbeitet, wie stark jede Verbindung ist und was zerbricht, wenn Menschen gehen.',
  version: 'Version',
  build: 'Build',
  built: '{{date}}, {{commit}}',
  electron: 'Electron',
  chromium: 'Chromium',
  node: 'Node.js',
  sqlite: 'SQLite',
  schema: 'Schema des Arbeitsbereichs',
  system: 'System',
  copy: 'Angaben kopieren',
  copied: 'Angaben kopiert',
  licences: 'Lizenzen',
  licencesIntro_one: 'FRAMES baut auf der Arbeit anderer auf: {{count}} Paket.',
  licencesIntro_other: 'FRAMES baut auf der Arbeit anderer auf: {{count}} Pakete.',
  search: 'Paket oder Lizenz finden',
  nothing: 'Kein Paket heißt so',
  noText: 'Das Paket bringt keinen Text seiner Lizenz mit; sie heißt {{licence}}.',
  chromiumNote:
    'Electron steht unter der MIT-Lizenz. Die Lizenzen von Chromium und allem, was darin steckt, liegen beim Programm, in LICENSES.chromium.html.',
} satisfies Translation<typeof en>;
