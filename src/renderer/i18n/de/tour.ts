import type en from '../en/tour.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Der Rundgang: ein paar Schritte durch das Fenster, mit den Datensätzen, die da sind. */
export default {
  step: '{{at}} von {{count}}',
  next: 'Weiter',
  end: 'Rundgang beenden',
  done: 'Fertig',
  doneTitle: 'Das war der Rundgang',
  doneMore: 'Er steht unter „Hilfe“ und lässt sich dort jederzeit wiederholen.',
  rail: {
    title: 'Alles, was bewahrt wird',
    text: 'Universitäten, Teams, Personen, Projekte und die Verbindungen zwischen ihnen, jede Art in ihrer Liste. Die Zahlen sagen, wie viele es sind.',
  },
  list: {
    title: 'Eine Liste ist wie eine Tabelle',
    text: 'Pfeiltasten bewegen, Tippen bearbeitet, die Eingabetaste öffnet. Nach einer Überschrift sortieren, mit einem Filter eingrenzen, aus einer Tabelle einfügen.',
  },
  panel: {
    title: 'Ein Datensatz, neben seiner Liste',
    text: 'Details, Verbindungen und Verlauf des gewählten Datensatzes. Was man eintippt, ist sofort gespeichert.',
  },
  network: {
    title: 'Wie alles zusammenhängt',
    text: 'Alle Verbindungen auf einen Blick: dick und blau hält, dünn und rot ist fragil. Eine Verbindung lässt sich von einem Datensatz zum anderen ziehen.',
  },
  undo: {
    title: 'Nichts geht verloren',
    text: 'Alles lässt sich rückgängig machen, auch morgen noch. Der Verlauf sagt, wer was wann geändert hat.',
  },
  palette: {
    title: 'Ein Feld für alles',
    text: 'Alles finden, was einen Namen hat, jede Ansicht und jeden Befehl, und seine Taste sehen. Strg K öffnet es von überall.',
  },
} satisfies Translation<typeof en>;
