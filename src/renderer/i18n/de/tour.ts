import type en from '../en/tour.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Der Rundgang: ein paar Schritte durch das Fenster, mit den Datensätzen, die da sind. */
export default {
  next: 'Weiter',
  end: 'Rundgang beenden',
  done: 'Fertig',
  doneTitle: 'Rundgang beendet',
  doneMore: 'Er lässt sich unter „Hilfe“ wieder beginnen.',
  rail: {
    title: 'Alle Datensätze',
    text: 'Universitäten, Teams, Personen, Projekte und Verbindungen, jeweils in einer Liste mit Anzahl.',
  },
  list: {
    title: 'Eine Liste ist wie eine Tabelle',
    text: 'Pfeiltasten bewegen, Tippen ändert, Enter öffnet. Nach einer Spalte sortieren, filtern oder aus einer Tabelle einfügen.',
  },
  panel: {
    title: 'Ein Datensatz im Einzelnen',
    text: 'Einzelheiten, Verbindungen und Verlauf des gewählten Datensatzes. Änderungen werden sofort gespeichert.',
  },
  network: {
    title: 'Das ganze Netzwerk',
    text: 'Dicke blaue Verbindungen halten, dünne rote sind fragil. L drücken und von einem Datensatz zum anderen ziehen, um sie zu verbinden.',
  },
  undo: {
    title: 'Nichts geht verloren',
    text: 'Alles lässt sich rückgängig machen, auch morgen. Der Verlauf zeigt, wer wann was geändert hat.',
  },
  palette: {
    title: 'Alles suchen',
    text: 'Datensätze, Ansichten und Befehle mit ihren Tasten finden. Überall Strg K drücken.',
  },
} satisfies Translation<typeof en>;
