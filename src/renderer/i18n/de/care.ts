import type care from '../en/care.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Wie es um die Datei des Arbeitsbereichs steht: was nachgesehen wurde, was Platz braucht, wo Sicherungen liegen. */
export default {
  title: 'Zustand',
  packCommand: 'Datei verdichten…',
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
      closed: 'Die Arbeitsbereichsdatei ist beschädigt und nur lesbar. Bitte retten, um weiterzuarbeiten.',
    },
    disk: {
      full: 'Das Laufwerk ist fast voll ({{free}} frei). Platz schaffen, sonst lässt sich nichts speichern.',
      low: 'Nur {{free}} frei auf dem Laufwerk; Sichern oder Wiederherstellen kann {{needed}} brauchen. Platz schaffen.',
    },
    access: {
      read_only: 'Dieser Arbeitsbereich ist nur lesbar. FRAMES Schreibzugriff auf Ordner und Datei geben.',
    },
    synced: {
      by: '{{client}} gleicht diesen Ordner ab und kann die Datei beim Schreiben ersetzen. Den Arbeitsbereich in einen nicht abgeglichenen Ordner verschieben.',
    },
    clock: {
      behind:
        'Die Uhr dieses Computers geht nach: Der neueste Eintrag ist von {{newest}}. Die Uhr stellen, sonst bekommen neue Einträge eine zu frühe Zeit.',
    },
    place: {
      missing:
        'Der Sicherungsordner ist nicht verfügbar, daher wird nichts gesichert. Das Laufwerk anschließen oder einen anderen Ordner wählen.',
    },
    daily: {
      failed: 'Die tägliche Sicherung ist fehlgeschlagen. FRAMES versucht es erneut. {{why}}',
    },
    others: {
      open: 'Dieser Arbeitsbereich ist in einem anderen Fenster offen. Wiederherstellen, Zurücksetzen und Verdichten warten, bis eines geschlossen ist.',
    },
  },
  finding: {
    file: 'Datei',
    size: 'Größe',
    disk: 'Freier Platz',
    access: 'Zugriff',
    synced: 'Abgeglichener Ordner',
    integrity: 'Unversehrtheit',
    noted: 'Beschädigung',
    chain: 'Kette des Verlaufs',
    head: 'Neuester Eintrag',
    clock: 'Uhr',
    place: 'Sicherungsordner',
    backup: 'Letzte Sicherung',
    daily: 'Tägliche Sicherung',
    others: 'Andere Fenster',
    verified: 'Prüfung der Sicherungen',
    sandboxes: 'Spielwiesen',
  },
  says: {
    file: {
      ours: 'Von dieser Version von FRAMES geschrieben.',
      older: 'Von einer älteren Version geschrieben; beim Öffnen wird sie aktualisiert.',
      newer: 'Von einer neueren Version von FRAMES geschrieben.',
      missing: 'Die Datei fehlt.',
      strange_log:
        'Das Protokoll gehört zu einer anderen Datei. Den Arbeitsbereich schließen und neu öffnen, um es beiseitezulegen.',
      unreadable: 'Das System verweigert den Zugriff auf die Datei.',
      full: 'Das Laufwerk ist voll, daher lässt sich die Datei nicht öffnen. Platz schaffen und erneut versuchen.',
      read_only_folder: 'Der Ordner ist nur lesbar, daher lässt sich die Datei nicht öffnen.',
    },
    size: { is: '{{bytes}}, dazu {{wal}} im WAL.' },
    disk: {
      free: '{{free}} frei.',
      unknown: 'Der freie Platz ist unbekannt ({{error}}).',
    },
    access: {
      writable: 'FRAMES kann in Ordner und Datei schreiben.',
      read_only: 'Ordner und Datei sind nur lesbar ({{error}}).',
    },
    synced: {
      none: 'Kein Cloud-Programm gleicht den Ordner ab.',
      by: '{{client}} gleicht {{folder}} ab und kann die Datei beim Schreiben kopieren. Den Arbeitsbereich verschieben.',
    },
    integrity: {
      whole: 'Die Datei ist unversehrt.',
      damaged: 'Die Datei ist beschädigt: Einige Seiten sind fehlerhaft.',
      unreadable: 'Ein Teil der Datei ist nicht lesbar ({{error}}).',
    },
    noted: {
      damaged: 'Die Datei ist beschädigt. Aus einer Sicherung oder aus dem Lesbaren retten.',
      whole: 'Die Datei war beschädigt und ist wieder unversehrt.',
      unknown: 'Die Datei war beschädigt; ihr Zustand lässt sich gerade nicht prüfen.',
    },
    chain: {
      whole: 'Vollständig. Änderungen: {{transactions}}; geänderte Datensätze: {{rows}}.',
      broken: 'Unterbrochen: {{problem}}',
      differs: 'Vollständig, aber das Nachspielen ergibt nicht die aktuellen Datensätze: {{problem}}',
      unreadable: 'Nicht lesbar ({{error}}).',
    },
    head: {
      kept: 'Verlauf vollständig: Der neueste Eintrag stimmt überein.',
      missing:
        'Der neueste Eintrag ist nicht gespeichert; ein abgeschnittener Verlauf fiele nicht auf. Die nächste Änderung speichert ihn.',
      cut: 'Der neueste Eintrag fehlt: Das Ende des Verlaufs wurde abgeschnitten.',
      another: 'Der neueste Eintrag fehlt: Dies ist die Datei eines anderen Arbeitsbereichs.',
      unreadable: 'Nicht vergleichbar ({{error}}).',
    },
    clock: {
      right: 'Die Uhr geht richtig.',
    },
    place: {
      usual: 'Im Ordner des Arbeitsbereichs.',
      chosen: '{{folder}}',
      missing:
        '{{folder}} ist nicht verfügbar, daher wird nichts gesichert. Das Laufwerk anschließen oder einen anderen Ordner wählen.',
    },
    backup: {
      none: 'Noch keine Sicherung.',
      nothing: 'Noch keine Datensätze zu sichern.',
      there: 'Eine verwendbare Sicherung ist vorhanden.',
      current: 'Angelegt {{when}}, seither keine Änderungen.',
      recent: 'Angelegt {{when}}, seither mit Änderungen.',
      replaced:
        'Die Sicherung vom {{when}} enthält ersetzte Datensätze. Die vom {{since}} enthält die aktuellen.',
      apart:
        'Die Sicherung vom {{when}} enthält ersetzte Datensätze. Die aktuellen setzen die vom {{since}} fort, seither mit Änderungen.',
      other: 'Angelegt {{when}}, bevor die Datensätze ersetzt wurden. Keine Sicherung des aktuellen Stands.',
    },
    others: { open: 'Auch in {{who}} offen.' },
    verified: {
      never: 'Alle wurden beim Anlegen geprüft, seither keine.',
      whole: 'Zuletzt unversehrt geprüft: {{when}}.',
      damaged_one: '{{count}} Sicherung ist beschädigt oder nicht verwendbar.',
      damaged_other: '{{count}} Sicherungen sind beschädigt oder nicht verwendbar.',
    },
    sandboxes: {
      fine_one: '{{count}} Spielwiese, unversehrt.',
      fine_other: '{{count}} Spielwiesen, alle unversehrt.',
      none: 'Keine Spielwiesen.',
      problems_one: '{{count}} Spielwiese lässt sich nicht öffnen: {{problem}}',
      problems_other: '{{count}} Spielwiesen lassen sich nicht öffnen, etwa: {{problem}}',
    },
  },
  deed: { backups: 'Zu den Versionen', play: 'Zu den Spielwiesen' },
  size: {
    wal: 'WAL',
    free: 'Frei in der Datei',
    freeHint: 'Datei verdichten, um diesen Platz freizugeben.',
    entries: 'Änderungen im Verlauf',
    changes: 'Geänderte Datensätze im Verlauf',
  },
  pack: {
    title: 'Datei verdichten?',
    what: 'Die Datei braucht {{bytes}}; Verdichten gibt {{free}} frei.',
    little: 'Die Datei braucht {{bytes}}; Verdichten würde fast nichts freigeben.',
    safe: 'FRAMES legt vorher eine Sicherung an; bis dahin können Sie abbrechen. Danach lädt das Fenster neu.',
    yes: 'Verdichten',
    running: 'Die Datei wird verdichtet',
    done: 'Datei verdichtet',
    doneMore: 'Vorher {{before}}, jetzt {{after}}.',
  },
  place: {
    usual:
      'Im Ordner des Arbeitsbereichs. Ein anderes Laufwerk bewahrt die Sicherungen, wenn dieses ausfällt.',
    chosen: 'Im Ordner {{folder}}.',
    choose: 'Anderen Ordner wählen…',
    back: 'Standardordner verwenden',
    hint: 'FRAMES legt dort einen Unterordner an; vorhandene Sicherungen bleiben, wo sie sind. Danach lädt das Fenster neu.',
    running: 'Der Sicherungsordner wird geändert',
    done: 'Sicherungsordner geändert',
    doneUsual: 'Standardordner in Gebrauch',
    doneMore: 'Vorhandene Sicherungen wurden nicht verschoben.',
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
    sqlite_schema: 'Schema',
    other: 'Sonstiges: {{name}}',
  },
} satisfies Translation<typeof care>;
