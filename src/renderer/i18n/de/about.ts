import type en from '../en/about.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
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
  licences: 'Lizenzen',
  licencesIntro_one: 'FRAMES verwendet {{count}} quelloffenes Paket.',
  licencesIntro_other: 'FRAMES verwendet {{count}} quelloffene Pakete.',
  search: 'Pakete und Lizenzen suchen',
  noText: 'Dieses Paket enthält keinen Lizenztext; seine Lizenz ist {{licence}}.',
  chromiumNote:
    'Electron hat die MIT-Lizenz. Die Lizenzen von Chromium stehen in LICENSES.chromium.html neben dem Programm.',
} satisfies Translation<typeof en>;
