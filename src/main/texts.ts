import type { MenuRole } from '#shared/shell/menu.ts';
import type { Translation } from '#shared/shell/translation.ts';
import { languageFor, SYSTEM_LANGUAGE } from '#shared/shell/language.ts';

/** The few words that the shell itself shows, beside what the window's catalogue publishes as the menu. */
export const english = {
  opening: 'FRAMES is opening',
  importTitle: 'Import file',
  exportTitle: 'Export as',
  newTitle: 'Choose an empty folder for the new workspace',
  newButton: 'Make workspace here',
  openTitle: 'Choose the folder of a workspace',
  openButton: 'Open workspace',
  backupsTitle: 'Choose where the backups of this workspace shall lie',
  backupsButton: 'Keep backups here',
  pointTitle: 'Choose a folder in which backups lie',
  pointButton: 'Look here',
  importable: 'FRAMES data, spreadsheets and graphs',
  allFiles: 'All files',
  kinds: {
    json: 'FRAMES data as JSON',
    frames: 'FRAMES file, packed into one',
    csv: 'Table as text (CSV)',
    xlsx: 'Excel workbook',
    gexf: 'Graph for Gephi (GEXF)',
    graphml: 'Graph (GraphML)',
    cyjs: 'Graph for Cytoscape',
    png: 'Picture (PNG)',
    svg: 'Drawing (SVG)',
    pdf: 'Document (PDF)',
    tgz: 'Copy for support',
  },
  stoppedTitle: 'FRAMES stopped',
  stopped:
    'Something went wrong in FRAMES itself, and it has to close. Your data is safe. What happened is in its log.',
  windowTitle: 'FRAMES',
  fileMenu: 'File',
  windowMenu: 'Window',
  windowStopped: 'The window stopped several times within a minute. Your data is safe. Start FRAMES again.',
} as const;

export type ShellTexts = Translation<typeof english> & {
  /** Names of what the system does by itself, where its own words are of another language: Electron has English ones only. */
  roles: Readonly<Partial<Record<MenuRole, string>>>;
};

/** Die wenigen Wörter, die die Hülle selbst zeigt. */
export const german: ShellTexts = {
  opening: 'FRAMES wird geöffnet',
  importTitle: 'Datei importieren',
  exportTitle: 'Exportieren als',
  newTitle: 'Einen leeren Ordner für den neuen Arbeitsbereich wählen',
  newButton: 'Arbeitsbereich hier anlegen',
  openTitle: 'Den Ordner eines Arbeitsbereichs wählen',
  openButton: 'Arbeitsbereich öffnen',
  backupsTitle: 'Wählen, wo die Sicherungen dieses Arbeitsbereichs liegen sollen',
  backupsButton: 'Hier sichern',
  pointTitle: 'Ordner wählen, in dem Sicherungen liegen',
  pointButton: 'Hier suchen',
  importable: 'FRAMES-Daten, Tabellen und Graphen',
  allFiles: 'Alle Dateien',
  kinds: {
    json: 'FRAMES-Daten als JSON',
    frames: 'FRAMES-Datei, alles in einer',
    csv: 'Tabelle als Text (CSV)',
    xlsx: 'Excel-Arbeitsmappe',
    gexf: 'Graph für Gephi (GEXF)',
    graphml: 'Graph (GraphML)',
    cyjs: 'Graph für Cytoscape',
    png: 'Bild (PNG)',
    svg: 'Zeichnung (SVG)',
    pdf: 'Dokument (PDF)',
    tgz: 'Kopie für die Hilfe',
  },
  stoppedTitle: 'FRAMES wurde beendet',
  stopped:
    'In FRAMES selbst ist etwas schiefgegangen, und es muss schließen. Die Daten sind sicher. Was geschehen ist, steht im Protokoll.',
  windowTitle: 'FRAMES',
  fileMenu: 'Datei',
  windowMenu: 'Fenster',
  windowStopped:
    'Das Fenster ist innerhalb einer Minute mehrmals ausgefallen. Die Daten sind sicher. Bitte FRAMES neu starten.',
  roles: {
    about: 'Über FRAMES',
    close: 'Fenster schließen',
    copy: 'Kopieren',
    cut: 'Ausschneiden',
    delete: 'Löschen',
    front: 'Alle nach vorne bringen',
    hide: 'FRAMES ausblenden',
    hideOthers: 'Andere ausblenden',
    minimize: 'Minimieren',
    paste: 'Einfügen',
    quit: 'FRAMES beenden',
    resetZoom: 'Normale Größe',
    selectAll: 'Alles auswählen',
    services: 'Dienste',
    toggleDevTools: 'Entwicklerwerkzeuge ein- oder ausblenden',
    togglefullscreen: 'Vollbild',
    unhide: 'Alle einblenden',
    zoom: 'Zoomen',
    zoomIn: 'Größer',
    zoomOut: 'Kleiner',
  },
};

const catalogues: Readonly<Record<'en' | 'de', ShellTexts>> = {
  en: { ...english, roles: {} },
  de: german,
};

let spoken: 'en' | 'de' = 'en';

/** Speaks the language of the seat from now on; `system` are those of the computer, the best first. */
export function speak(wanted: string = SYSTEM_LANGUAGE, system: readonly string[] = []): void {
  spoken = languageFor(wanted, system, Object.keys(catalogues)) === 'de' ? 'de' : 'en';
}

/** The code of the language that is spoken. */
export function language(): string {
  return spoken;
}

/** The texts in the language that is spoken now. */
export function texts(): ShellTexts {
  return catalogues[spoken];
}
