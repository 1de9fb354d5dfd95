import type languageModels from '../en/languageModels.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Sprachmodelle: die dieses Computers, und was an sie gesendet werden darf. */
export default {
  title: 'Sprachmodelle',
  add: {
    label: 'Ein Modell hinzufügen',
    hint: 'Jeder OpenAI-kompatible Server; Fragen nutzt ihn, wenn keine Regel die Frage kennt.',
    button: 'Hinzufügen …',
    title: 'Sprachmodell hinzufügen',
  },
  form: {
    name: 'Bezeichnung',
    url: 'Adresse',
    urlHint: 'Zum Beispiel http://127.0.0.1:11434/v1',
    model: 'Modell',
    modelHint: 'Wie der Server es nennt, zum Beispiel qwen3:8b',
    key: 'Schlüssel',
    keyHint: 'Nur wenn der Server einen verlangt. Er liegt im Schlüsselbund des Systems.',
  },
  discover: 'Auf diesem Computer suchen',
  nothingFound: 'Kein Server gefunden. Starten Sie Ollama oder LM Studio und versuchen Sie es erneut.',
  ollama: 'Server Ollama',
  'lm-studio': 'Server LM Studio',
  inUse: '{{name}} (in Gebrauch)',
  local: 'auf diesem Computer',
  remote: 'auf einem anderen Computer',
  hasKey: 'Schlüssel gespeichert',
  open: 'nach Ausfällen angehalten, nächste Anfrage in {{seconds}} s',
  trial: 'mehrmals ausgefallen',
  use: 'Verwenden',
  remove: 'Entfernen',
  stopUsing: 'Nicht mehr verwenden',
  test: 'Testen',
  tested: '„{{name}}“ hat in {{seconds}} s geantwortet',
  notLasting:
    'Dieser Computer hat keinen Schlüsselbund: Modelle und Schlüssel bleiben, bis FRAMES beendet wird.',
  level: {
    label: 'Darf aus diesem Arbeitsbereich gesendet werden',
    off: 'Nichts',
    schema: 'Struktur',
    names: 'Namen',
    rows: 'Zeilen',
    hint: {
      off: 'Nichts verlässt diesen Computer.',
      schema: 'Ihre Frage und die Tabellen mit ihren Spalten; nichts von einem Datensatz.',
      names: 'Auch Namen von Datensätzen und ähnliche Fragen mit ihrem SQL.',
      rows: 'Auch einige Zeilen mit den Werten von Datensätzen.',
    },
  },
} satisfies Translation<typeof languageModels>;
