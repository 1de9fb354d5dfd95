import type languageModels from '../en/languageModels.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  title: 'Sprachmodelle',
  add: {
    label: 'Ein Modell hinzufügen',
    hint: 'Jeder OpenAI-kompatible Server; Fragen nutzt ihn, wenn keine Regel die Frage kennt.',
    button: 'Hinzufügen …',
    title: 'Sprachmodell hinzufügen',
    save: 'Hinzufügen',
  },
  form: {
    name: 'Bezeichnung',
    url: 'Webadresse',
    urlHint: 'Zum Beispiel http://127.0.0.1:11434/v1',
    model: 'Modell',
    modelHint: 'Wie der Server es nennt, zum Beispiel qwen3:8b',
    key: 'Schlüssel',
    keyHint: 'Nur wenn der Server einen verlangt. Er liegt im Schlüsselbund des Systems.',
    keyHintUntilEnd: 'Nur wenn der Server einen verlangt. Er bleibt, bis FRAMES beendet wird.',
  },
  edit: {
    button: 'Bearbeiten …',
    title: 'Sprachmodell bearbeiten',
    keyHint:
      'Leer lassen, um den gespeicherten Schlüssel zu behalten. Eine neue Adresse braucht den Schlüssel erneut.',
  },
  discover: 'Auf diesem Computer suchen',
  nothingFound: 'Kein Server gefunden. Starten Sie Ollama oder LM Studio und versuchen Sie es erneut.',
  ollama: 'Server Ollama',
  'lm-studio': 'Server LM Studio',
  inUse: '{{name}} (in Gebrauch)',
  local: 'auf diesem Computer',
  remote: 'auf einem anderen Computer',
  hasKey: 'Schlüssel gespeichert',
  testFailed: 'letzter Test fehlgeschlagen',
  open: 'nach Ausfällen angehalten, nächste Anfrage in {{seconds}} s',
  trial: 'mehrmals ausgefallen',
  use: 'Verwenden',
  remove: {
    button: 'Entfernen',
    title: '„{{name}}“ entfernen',
    text: 'Das Modell wird von diesem Computer entfernt. Das lässt sich nicht rückgängig machen.',
    withKey:
      'Das Modell und sein Schlüssel werden von diesem Computer entfernt. Das lässt sich nicht rückgängig machen.',
  },
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
