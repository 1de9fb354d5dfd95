import type { MenuRole } from '#shared/shell/menu.ts';
import type { Translation } from '#shared/shell/translation.ts';
import { languageFor, SYSTEM_LANGUAGE } from '#shared/shell/language.ts';

/** Texts that the shell itself shows. The window’s catalogue has those of the full menu, but for the names that the system needs. */
export const englishTexts = {
  opening: 'FRAMES is opening',
  importTitle: 'Import file',
  attachTitle: 'Attach file',
  attachable: 'Documents and images',
  certificatesTitle: 'Choose CA certificates',
  certificates: 'Certificates (PEM)',
  exportTitle: 'Export as',
  newTitle: 'Choose an empty folder for the new workspace',
  newButton: 'Create workspace here',
  openTitle: 'Choose a workspace folder',
  openButton: 'Open workspace',
  backupsTitle: 'Choose a folder for the backups of this workspace',
  backupsButton: 'Keep backups here',
  backupSearchTitle: 'Choose a folder with backups',
  backupSearchButton: 'Look here',
  repositoryTitle: 'Choose the folder of the repository',
  repositoryButton: 'Choose folder',
  importable: 'FRAMES data, spreadsheets and graphs',
  allFiles: 'All files',
  kinds: {
    age: 'Encrypted file',
    json: 'FRAMES data as JSON',
    frames: 'FRAMES file (compressed)',
    csv: 'Table as text (CSV)',
    xlsx: 'Excel workbook',
    gexf: 'Graph for Gephi (GEXF)',
    graphml: 'Graph (GraphML)',
    cyjs: 'Graph for Cytoscape',
    png: 'Picture (PNG)',
    svg: 'Drawing (SVG)',
    pdf: 'Document (PDF)',
    tgz: 'Support file',
  },
  stoppedTitle: 'FRAMES stopped',
  stopped: 'FRAMES has to close because of an internal error. Your data is safe. See the log for details.',
  windowTitle: 'FRAMES',
  fileMenu: 'File',
  windowMenu: 'Window',
  windowStopped: 'The window stopped several times within a minute. Your data is safe. Start FRAMES again.',
} as const;

export type ShellTexts = Translation<typeof englishTexts> & {
  /** Labels of menu roles. English needs none, because Electron's own labels are English. */
  roles: Readonly<Partial<Record<MenuRole, string>>>;
};

export const germanTexts: ShellTexts = {
  opening: 'FRAMES wird geöffnet',
  importTitle: 'Datei importieren',
  attachTitle: 'Datei anhängen',
  attachable: 'Dokumente und Bilder',
  certificatesTitle: 'CA-Zertifikate wählen',
  certificates: 'Zertifikate (PEM)',
  exportTitle: 'Exportieren als',
  newTitle: 'Leeren Ordner für den neuen Arbeitsbereich wählen',
  newButton: 'Arbeitsbereich hier erstellen',
  openTitle: 'Ordner eines Arbeitsbereichs wählen',
  openButton: 'Arbeitsbereich öffnen',
  backupsTitle: 'Ordner für die Sicherungen dieses Arbeitsbereichs wählen',
  backupsButton: 'Hier sichern',
  backupSearchTitle: 'Ordner mit Sicherungen wählen',
  backupSearchButton: 'Hier suchen',
  repositoryTitle: 'Ordner des Repositorys wählen',
  repositoryButton: 'Ordner wählen',
  importable: 'FRAMES-Daten, Tabellen und Graphen',
  allFiles: 'Alle Dateien',
  kinds: {
    age: 'Verschlüsselte Datei',
    json: 'FRAMES-Daten als JSON',
    frames: 'FRAMES-Datei (komprimiert)',
    csv: 'Tabelle als Text (CSV)',
    xlsx: 'Excel-Arbeitsmappe',
    gexf: 'Graph für Gephi (GEXF)',
    graphml: 'Graph (GraphML)',
    cyjs: 'Graph für Cytoscape',
    png: 'Bild (PNG)',
    svg: 'Zeichnung (SVG)',
    pdf: 'Dokument (PDF)',
    tgz: 'Hilfe-Datei',
  },
  stoppedTitle: 'FRAMES wurde beendet',
  stopped:
    'FRAMES muss wegen eines internen Fehlers beendet werden. Ihre Daten sind sicher. Einzelheiten stehen im Protokoll.',
  windowTitle: 'FRAMES',
  fileMenu: 'Datei',
  windowMenu: 'Fenster',
  windowStopped:
    'Das Fenster ist innerhalb einer Minute mehrmals ausgefallen. Ihre Daten sind sicher. Starten Sie FRAMES neu.',
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
  en: { ...englishTexts, roles: {} },
  de: germanTexts,
};

let current: 'en' | 'de' = 'en';

/** Sets the language from the seat. `system` lists the languages of the computer, the preferred one first. */
export function chooseLanguage(preferred: string = SYSTEM_LANGUAGE, system: readonly string[] = []): void {
  current = languageFor(preferred, system, Object.keys(catalogues)) === 'de' ? 'de' : 'en';
}

export function currentLanguage(): string {
  return current;
}

export function shellTexts(): ShellTexts {
  return catalogues[current];
}
