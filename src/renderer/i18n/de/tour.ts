import type en from '../en/tour.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  next: 'Weiter',
  end: 'Rundgang beenden',
  done: 'Fertig',
  doneTitle: 'Rundgang beendet',
  doneMore: 'Sie können ihn unter „Hilfe“ erneut starten.',
  rail: {
    title: 'Alle Datensätze',
    text: 'Universitäten, Teams, Personen, Projekte und Verbindungen, jeweils in einer Liste mit Anzahl.',
  },
  list: {
    title: 'Eine Liste ist wie eine Tabelle',
    text: 'Mit den Pfeiltasten bewegen, durch Tippen bearbeiten, mit Enter öffnen. Sortieren Sie nach einer Spalte, filtern Sie oder fügen Sie Daten aus einer Tabelle ein.',
  },
  panel: {
    title: 'Ein Datensatz im Einzelnen',
    text: 'Einzelheiten, Verbindungen und Verlauf des gewählten Datensatzes. Änderungen werden sofort gespeichert.',
  },
  network: {
    title: 'Das ganze Netzwerk',
    text: 'Dicke blaue Verbindungen halten, dünne rote sind fragil. Drücken Sie L und ziehen Sie von einem Datensatz zum anderen, um sie zu verbinden.',
  },
  undo: {
    title: 'Nichts geht verloren',
    text: 'Sie können alles rückgängig machen, auch morgen. Der Verlauf zeigt, wer wann was geändert hat.',
  },
  palette: {
    title: 'Alles durchsuchen',
    text: 'Finden Sie Datensätze, Ansichten und Befehle mit ihren Tasten. Drücken Sie überall Strg K.',
  },
} satisfies Translation<typeof en>;
