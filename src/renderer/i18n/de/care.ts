import findings from '#shared/texts/de/findings.ts';
import type care from '../en/care.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  title: 'Zustand',
  packCommand: 'Datei verkleinern…',
  placeCommand: 'Sicherungsordner wählen…',
  checking: 'Arbeitsbereich wird geprüft',
  again: 'Aktualisieren',
  state: {
    good: 'Alles ist in Ordnung.',
    warn_one: '{{count}} Warnung.',
    warn_other: '{{count}} Warnungen.',
    bad_one: '{{count}} Problem. Stellen Sie zuerst sicher, dass es eine unversehrte Sicherung gibt.',
    bad_other: '{{count}} Probleme. Stellen Sie zuerst sicher, dass es eine unversehrte Sicherung gibt.',
  },
  word: { good: 'OK', warn: 'Warnung', bad: 'Problem' },
  findings: 'Prüfungen',
  lastFull: 'Letzte vollständige Prüfung: {{when}}.',
  checkDone: 'Die Datei ist unversehrt',
  checkFound: 'Die Prüfung hat Probleme gefunden',
  warn: {
    label: 'Warnung zum Arbeitsbereich',
    open: 'Zustand öffnen',
    noted: {
      closed:
        'Die Arbeitsbereichsdatei ist beschädigt und schreibgeschützt. Retten Sie sie, um weiterzuarbeiten.',
    },
    disk: {
      full: 'Das Laufwerk ist fast voll ({{free}} frei). Schaffen Sie Platz, sonst kann nichts gespeichert werden.',
      low: 'Nur {{free}} frei auf dem Laufwerk; eine Sicherung oder Wiederherstellung kann {{needed}} benötigen. Schaffen Sie Platz.',
    },
    access: {
      read_only:
        'Dieser Arbeitsbereich ist nur lesbar. Geben Sie FRAMES Schreibzugriff auf Ordner und Datei.',
    },
    synced: {
      by: '{{client}} synchronisiert diesen Ordner und kann die Datei beim Schreiben ersetzen. Verschieben Sie den Arbeitsbereich in einen Ordner, der nicht synchronisiert wird.',
    },
    clock: {
      behind:
        'Die Uhr dieses Computers geht nach: Der neueste Eintrag ist von {{newest}}. Stellen Sie die Uhr, sonst erhalten neue Einträge eine zu frühe Zeit.',
    },
    place: {
      missing:
        'Der Sicherungsordner ist nicht verfügbar, daher wird nichts gesichert. Schließen Sie das Laufwerk an oder wählen Sie einen anderen Ordner.',
    },
    daily: {
      failed: 'Die tägliche Sicherung ist fehlgeschlagen. FRAMES versucht es erneut. {{why}}',
    },
    others: {
      open: 'Dieser Arbeitsbereich ist in einem anderen Fenster offen. Wiederherstellen, Zurücksetzen und Verkleinern sind erst möglich, wenn eines geschlossen ist.',
    },
  },
  finding: findings.names,
  says: findings.texts,
  deed: { backups: 'Zu den Versionen', play: 'Zu den Spielwiesen' },
  size: {
    wal: 'WAL',
    free: 'Frei in der Datei',
    freeHint: 'Verkleinern Sie die Datei, um diesen Platz freizugeben.',
    entries: 'Änderungen im Verlauf',
    changes: 'Geänderte Datensätze im Verlauf',
  },
  pack: {
    title: 'Datei verkleinern?',
    what: 'Die Datei belegt {{bytes}}; Verkleinern gibt {{free}} frei.',
    little: 'Die Datei belegt {{bytes}}; Verkleinern würde fast nichts freigeben.',
    safe: 'FRAMES erstellt zuerst eine Sicherung; bis dahin können Sie abbrechen. Danach lädt das Fenster neu.',
    yes: 'Verkleinern',
    running: 'Datei wird verkleinert',
    done: 'Datei verkleinert',
    doneMore: 'Vorher {{before}}, jetzt {{after}}.',
  },
  place: {
    usual:
      'Im Ordner des Arbeitsbereichs. Auf einem anderen Laufwerk bleiben die Sicherungen erhalten, wenn dieses ausfällt.',
    chosen: 'Im Ordner {{folder}}.',
    choose: 'Anderen Ordner wählen…',
    back: 'Standardordner verwenden',
    hint: 'FRAMES erstellt dort einen Unterordner; vorhandene Sicherungen werden nicht verschoben. Danach lädt das Fenster neu.',
    running: 'Der Sicherungsordner wird geändert',
    done: 'Sicherungsordner geändert',
    doneUsual: 'Standardordner wird verwendet',
    doneMore: 'Vorhandene Sicherungen wurden nicht verschoben.',
  },
  search: {
    title: 'Suchindex',
    notBuilt: 'Der Index fehlt noch. Die nächste Suche baut ihn auf.',
    words: 'Wörter: {{records, number}} Datensätze, {{passages, number}} Texte, {{size}}.',
    off: 'Die Suche nach Bedeutung (Englisch) ist aus.',
    partial:
      'Die Suche nach Bedeutung (Englisch) ist aus: {{trained, number}} von {{texts, number}} Texten sind trainiert.',
    training:
      'Suche nach Bedeutung (Englisch): {{trained, number}} von {{texts, number}} Texten sind bisher trainiert.',
    ready:
      'Die Suche nach Bedeutung (Englisch) ist an: {{trained, number}} von {{texts, number}} Texten, Modell {{model}}.',
    problem:
      'Die Suche nach Bedeutung ist nicht verfügbar: Das Modell {{model}} lässt sich nicht laden ({{problem}}). Die Suche nach Wörtern funktioniert.',
    hint: 'Das Training berechnet auf diesem Computer, was englische Texte bedeuten; nichts wird gesendet. Es braucht bis zu einigen Minuten und 300 MB Speicher. Spätere Änderungen werden von selbst trainiert.',
    train: 'Trainieren',
    continue: 'Training fortsetzen',
    clear: 'Index löschen',
    running: 'Suche nach Bedeutung wird trainiert',
    done: 'Die Suche nach Bedeutung ist an',
    stopped: 'Training abgebrochen. Es geht später weiter, wo es war.',
  },
  tables: {
    title: 'Speicherbelegung',
    name: 'Tabelle',
    rows: 'Zeilen',
    bytes: 'Größe',
    indexes: 'Indexe',
    unused: 'Ungenutzt',
    audit_transactions: 'Verlauf: Änderungen',
    audit_logs: 'Verlauf: geänderte Datensätze',
    workspaces: 'Arbeitsbereich und Wartung',
    workspace: 'Angaben zur Datei',
    jobs: 'Aufträge',
    conversations: 'Fragen und Antworten',
    subscribers: 'Ereignisempfänger',
    sync_conflicts: 'Abgleich: Konflikte',
    sync_heads: 'Abgleich: neueste Einträge',
    sync_operations: 'Abgleich: Vorgänge',
    sync_quarantine: 'Abgleich: abgelehnte Änderungen',
    sync_state: 'Abgleich: Stand',
    sqlite_schema: 'Schema',
    other: 'Sonstiges: {{name}}',
  },
} satisfies Translation<typeof care>;
