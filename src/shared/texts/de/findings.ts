import type en from '../en/findings.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  names: {
    file: 'Datei',
    size: 'Größe',
    disk: 'Freier Platz',
    access: 'Zugriff',
    synced: 'Cloud-Ordner',
    integrity: 'Integrität',
    noted: 'Beschädigung',
    chain: 'Kette des Verlaufs',
    head: 'Neuester Eintrag',
    clock: 'Uhr',
    documents: 'Dateien der Dokumente',
    events: 'Ereignisempfänger',
    place: 'Sicherungsordner',
    backup: 'Letzte Sicherung',
    daily: 'Tägliche Sicherung',
    others: 'Andere Fenster',
    verified: 'Prüfung der Sicherungen',
    sandboxes: 'Spielwiesen',
    log: 'Programmprotokoll',
  },
  texts: {
    file: {
      ours: 'Von dieser Version von FRAMES geschrieben.',
      older: 'Von einer älteren Version geschrieben; beim Öffnen wird sie aktualisiert.',
      newer: 'Von einer neueren Version von FRAMES geschrieben.',
      missing: 'Die Datei fehlt.',
      strange_log:
        'Das Protokoll gehört zu einer anderen Datei. Schließen und öffnen Sie den Arbeitsbereich, um es beiseitezulegen.',
      unreadable: 'Das System verweigert den Zugriff auf die Datei.',
      full: 'Das Laufwerk ist voll, daher lässt sich die Datei nicht öffnen. Schaffen Sie Platz und versuchen Sie es erneut.',
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
      none: 'Kein Cloud-Programm synchronisiert den Ordner.',
      by: '{{client}} synchronisiert {{folder}} und kann die Datei beim Schreiben kopieren. Verschieben Sie den Arbeitsbereich.',
    },
    integrity: {
      whole: 'Die Datei ist unversehrt.',
      damaged: 'Die Datei ist beschädigt: Einige Seiten sind fehlerhaft.',
      unreadable: 'Ein Teil der Datei ist nicht lesbar ({{error}}).',
    },
    noted: {
      damaged:
        'Die Datei ist beschädigt. Stellen Sie eine Sicherung wieder her oder retten Sie, was lesbar ist.',
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
        'Der neueste Eintrag ist nicht gespeichert; ein abgeschnittener Verlauf würde nicht auffallen. Die nächste Änderung speichert ihn.',
      altered:
        'Die Datei des neuesten Eintrags (head.json) wurde verändert. Die nächste Änderung schreibt sie neu.',
      cut: 'Der neueste Eintrag fehlt: Das Ende des Verlaufs wurde abgeschnitten.',
      another: 'Der neueste Eintrag fehlt: Dies ist die Datei eines anderen Arbeitsbereichs.',
      unreadable: 'Nicht vergleichbar ({{error}}).',
    },
    clock: {
      right: 'Die Uhr geht richtig.',
    },
    documents: {
      whole_one: '{{count}} Datei, gelesen und intakt.',
      whole_other: '{{count}} Dateien, alle gelesen und intakt.',
      present_one: '{{count}} Datei ist da. „Arbeitsbereich prüfen“ liest sie.',
      present_other: '{{count}} Dateien sind da. „Arbeitsbereich prüfen“ liest sie.',
      elsewhere_one:
        'Die Datei von {{count}} Dokument war nie auf diesem Computer: {{documents}}. Öffnen Sie es, um sie zu holen.',
      elsewhere_other:
        'Die Dateien von {{count}} Dokumenten waren nie auf diesem Computer: {{documents}}. Öffnen Sie ein Dokument, um seine Datei zu holen.',
      unattached_one:
        'Die Datei von {{count}} Dokument war nie auf diesem Computer: {{documents}}. Hängen Sie sie an das Dokument an, falls Sie sie haben.',
      unattached_other:
        'Die Dateien von {{count}} Dokumenten waren nie auf diesem Computer: {{documents}}. Hängen Sie die an, die Sie haben.',
      damaged_one: '{{count}} Datei ist nicht brauchbar: {{documents}}.',
      damaged_other: '{{count}} Dateien sind nicht brauchbar: {{documents}}.',
      unreadable: 'Nicht vergleichbar ({{error}}).',
    },
    events: {
      read: '{{name}}: ungelesene Änderungen: {{behind}}.',
      failing: '{{name}}: ungelesene Änderungen: {{behind}}. Letzter Fehler: {{error}}',
      unreadable: 'Nicht lesbar ({{error}}).',
    },
    place: {
      usual: 'Im Ordner des Arbeitsbereichs.',
      chosen: '{{folder}}',
      missing:
        '{{folder}} ist nicht verfügbar, daher wird nichts gesichert. Schließen Sie das Laufwerk an oder wählen Sie einen anderen Ordner.',
    },
    backup: {
      none: 'Noch keine Sicherung.',
      nothing: 'Noch keine Datensätze zu sichern.',
      there: 'Eine verwendbare Sicherung ist vorhanden.',
      current: 'Erstellt {{when}}, seitdem keine Änderungen.',
      recent: 'Erstellt {{when}}, seitdem Änderungen.',
      lacking_one:
        'Erstellt {{when}} ohne die Datei von {{count}} Dokument, die fehlte oder beschädigt war. Reparieren Sie sie und sichern Sie erneut.',
      lacking_other:
        'Erstellt {{when}} ohne die Dateien von {{count}} Dokumenten, die fehlten oder beschädigt waren. Reparieren Sie sie und sichern Sie erneut.',
      replaced:
        'Die Sicherung vom {{when}} enthält ersetzte Datensätze. Die vom {{since}} enthält die aktuellen.',
      apart:
        'Die Sicherung vom {{when}} enthält ersetzte Datensätze. Die aktuellen setzen die vom {{since}} fort, seitdem Änderungen.',
      other: 'Erstellt {{when}}, bevor die Datensätze ersetzt wurden. Keine Sicherung des aktuellen Stands.',
    },
    others: { open: 'Auch in {{who}} offen.' },
    verified: {
      never: 'Alle wurden beim Erstellen geprüft, danach keine erneut.',
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
    log: {
      complete: 'In den letzten {{days}} Tagen ging kein Eintrag verloren.',
      lost_one:
        '{{count}} Eintrag der letzten {{days}} Tage ließ sich nicht schreiben, etwa bei voller Platte. Datensätze hängen nicht daran.',
      lost_other:
        '{{count}} Einträge der letzten {{days}} Tage ließen sich nicht schreiben, etwa bei voller Platte. Datensätze hängen nicht daran.',
      unreadable: 'Nicht lesbar ({{error}}).',
    },
  },
} as const satisfies Translation<typeof en>;
