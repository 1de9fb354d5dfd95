import type care from '../en/care.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Wie es um die Datei des Arbeitsbereichs steht: was nachgesehen wurde, was Platz braucht, wo Sicherungen liegen. */
export default {
  title: 'Zustand',
  what: 'Wie es um die Datei mit den Datensätzen steht, und was sich für sie tun lässt. Hier wird nur nachgesehen, solange nichts anderes verlangt wird.',
  check: 'Alles jetzt prüfen',
  packCommand: 'Datei verdichten…',
  placeCommand: 'Ort der Sicherungen wählen…',
  looking: 'Es wird nachgesehen',
  checking: 'Alles wird geprüft',
  again: 'Noch einmal nachsehen',
  state: {
    good: 'Alles ist in Ordnung.',
    warn_one: '{{count}} Punkt verdient einen Blick.',
    warn_other: '{{count}} Punkte verdienen einen Blick.',
    bad_one: '{{count}} Punkt ist nicht in Ordnung. Zuerst nachsehen, ob es eine unversehrte Sicherung gibt.',
    bad_other:
      '{{count}} Punkte sind nicht in Ordnung. Zuerst nachsehen, ob es eine unversehrte Sicherung gibt.',
  },
  word: { good: 'In Ordnung', warn: 'Ansehen', bad: 'Fehler' },
  findings: 'Was nachgesehen wurde',
  lastFull: 'Jede Seite und jeder Index wurde geprüft ({{when}}).',
  checkDone: 'Die Datei wurde geprüft und ist unversehrt',
  checkDoneMore:
    'Jede Seite und jeder Index der Datei wurde gelesen, und jeder Eintrag des Verlaufs nachvollzogen.',
  checkFound: 'Die Prüfung hat etwas gefunden',
  warn: {
    label: 'Warnung zum Arbeitsbereich',
    open: 'Zustand öffnen',
    more_one: 'und {{count}} weitere',
    more_other: 'und {{count}} weitere',
    noted: {
      closed:
        'Die Datei des Arbeitsbereichs ist beschädigt: Bis sie gerettet ist, wird nichts in sie geschrieben.',
    },
    disk: {
      full: 'Das Laufwerk ist so gut wie voll: {{free}} sind frei. Platz schaffen, sonst lässt sich nichts mehr speichern.',
      low: 'Nur {{free}} sind auf dem Laufwerk frei; Sichern und Wiederherstellen können {{needed}} brauchen. Platz schaffen.',
    },
    access: {
      read_only:
        'Dieser Arbeitsbereich lässt sich nur lesen: Nichts kann gespeichert werden. FRAMES das Schreiben in Ordner und Datei erlauben.',
    },
    synced: {
      by: '{{client}} gleicht diesen Arbeitsbereich offenbar ab und kann seine Datei kopieren oder ersetzen, während sie geschrieben wird. Er gehört in einen Ordner, der nicht abgeglichen wird.',
    },
    clock: {
      behind:
        'Die Uhr dieses Computers geht nach: Der neueste Eintrag ist von {{newest}}. Der Verlauf behält seine Reihenfolge, aber neue Einträge und Sicherungen tragen eine zu frühe Zeit. Die Uhr stellen.',
    },
    place: {
      missing:
        'Der Ort der Sicherungen ist nicht da: Nichts wird gesichert. Das Laufwerk anschließen oder einen anderen Ort wählen.',
    },
    daily: {
      failed:
        'Die tägliche Sicherung wurde nicht angelegt. Es wird wieder versucht; nachsehen, ob es eine neuere gibt. {{why}}',
    },
    others: {
      open: 'Dieser Arbeitsbereich ist auch in einem anderen Fenster offen. Was im einen gespeichert wird, erscheint im anderen; Wiederherstellen, Zurücksetzen und Verdichten warten, bis eines geschlossen ist.',
    },
  },
  finding: {
    file: 'Datei',
    size: 'Größe',
    disk: 'Freier Platz',
    access: 'Zugriff',
    synced: 'Abgeglichener Ordner',
    integrity: 'Unversehrtheit',
    noted: 'Vermerkter Schaden',
    chain: 'Kette des Verlaufs',
    head: 'Festgehaltenes Ende',
    clock: 'Uhr',
    place: 'Ort der Sicherungen',
    backup: 'Letzte Sicherung',
    daily: 'Tägliche Sicherung',
    others: 'Andere Fenster',
    verified: 'Prüfung der Sicherungen',
    sandboxes: 'Spielwiesen',
  },
  says: {
    file: {
      ours: 'Ein Arbeitsbereich dieser Version von FRAMES.',
      older: 'Von einer älteren Version; beim Öffnen kommt er auf den heutigen Stand.',
      newer: 'Von einer neueren Version von FRAMES geschrieben.',
      missing: 'Die Datei fehlt.',
      empty: 'Die Datei ist leer.',
      foreign: 'Die Datei ist keine von FRAMES, oder ihr Anfang ist beschädigt.',
      damaged: 'Die Datei ist beschädigt.',
      strange_log:
        'Das Protokoll neben der Datei gehört zu einer anderen. Den Arbeitsbereich schließen und öffnen, um es beiseite zu legen.',
      unreadable: 'Das System verweigert den Zugriff auf die Datei.',
      full: 'Das Laufwerk ist voll: Die Datei lässt sich nicht öffnen. Platz schaffen und es noch einmal versuchen.',
      read_only_folder: 'Der Ordner der Datei lässt sich nur lesen, daher kann sie nicht geöffnet werden.',
    },
    size: { is: '{{bytes}}, und daneben {{wal}} an neuen Einträgen.' },
    disk: {
      free: 'Auf dem Laufwerk sind {{free}} frei.',
      low: 'Nur {{free}} sind frei; Sichern und Wiederherstellen können {{needed}} brauchen.',
      full: 'Das Laufwerk ist so gut wie voll: {{free}} sind frei. Platz schaffen, sonst lässt sich nichts mehr speichern.',
      unknown: 'Wie viel auf dem Laufwerk frei ist, lässt sich nicht sagen ({{error}}).',
    },
    access: {
      writable: 'Ordner und Datei lassen sich schreiben.',
      read_only: 'Sie lassen sich nur lesen ({{error}}): Nichts kann gespeichert werden.',
    },
    synced: {
      none: 'Kein Cloud-Programm scheint den Ordner abzugleichen.',
      by: '{{client}} gleicht offenbar {{folder}} ab. Dabei kann die Datei kopiert werden, während sie geschrieben wird: Der Arbeitsbereich gehört anderswohin.',
    },
    integrity: {
      whole: 'Die Datei ist unversehrt.',
      damaged: 'Die Datei ist beschädigt: Nicht alle ihre Seiten sind, wie sie sein sollten.',
      unreadable: 'Nicht alles in der Datei ist lesbar ({{error}}).',
    },
    noted: {
      closed:
        'In diesem Arbeitsbereich wurde ein Schaden angetroffen: Bis er behoben ist, wird nichts geschrieben.',
      damaged:
        'In diesem Arbeitsbereich wurde ein Schaden angetroffen, und er besteht noch. Er lässt sich aus einer Sicherung retten oder aus dem, was noch lesbar ist.',
      whole:
        'In diesem Arbeitsbereich wurde ein Schaden angetroffen. Jetzt ist jede Seite unversehrt, und der nächste Start vergisst ihn.',
      unknown:
        'In diesem Arbeitsbereich wurde ein Schaden angetroffen. Ob er noch besteht, lässt sich gerade nicht nachsehen.',
    },
    chain: {
      whole: 'Lückenlos: {{transactions}} Änderungen, die {{rows}}-mal Datensätze schrieben.',
      broken: 'Unterbrochen: {{problem}}',
      differs: 'Lückenlos, doch ergibt sie nicht die Datensätze, die hier stehen: {{problem}}',
      unreadable: 'Sie ist nicht lesbar ({{error}}).',
    },
    head: {
      kept: 'Der neueste festgehaltene Eintrag steht im Verlauf.',
      missing:
        'Es ist nicht festgehalten: Bisher abgeschnittene Einträge fielen nicht auf. Die nächste Änderung hält es fest.',
      cut: 'Der neueste festgehaltene Eintrag steht nicht im Verlauf: Dessen Ende wurde abgeschnitten.',
      another:
        'Der neueste festgehaltene Eintrag steht nicht im Verlauf: Die Datei gehört zu einem anderen Arbeitsbereich.',
      unreadable: 'Es lässt sich nicht vergleichen ({{error}}).',
    },
    clock: {
      right: 'Sie geht dem neuesten Eintrag nicht nach.',
      behind:
        'Sie geht nach: Der neueste Eintrag ist von {{newest}}. Der Verlauf behält seine Reihenfolge, aber neue Einträge und Sicherungen tragen eine zu frühe Zeit: Die Uhr dieses Computers stellen.',
    },
    place: {
      usual: 'Im Ordner des Arbeitsbereichs.',
      chosen: '{{folder}}',
      missing:
        '{{folder}} ist nicht da. Das Laufwerk anschließen oder einen anderen Ort wählen: So lange wird nichts gesichert.',
    },
    backup: {
      none: 'Es gibt noch keine.',
      nothing: 'Es gibt noch nichts zu sichern.',
      there: 'Es gibt eine, die sich gebrauchen lässt.',
      current: 'Angelegt {{when}}; seither wurde nichts geschrieben.',
      recent: 'Angelegt {{when}}; seither wurde etwas geschrieben.',
      replaced:
        'Angelegt am {{when}}, von Datensätzen, die seither ersetzt wurden. Was jetzt da ist, steht in der Sicherung, die am {{since}} angelegt wurde.',
      apart:
        'Angelegt am {{when}}, von Datensätzen, die seither ersetzt wurden. Was jetzt da ist, geht von der Sicherung aus, die am {{since}} angelegt wurde; seither wurde etwas geändert.',
      other:
        'Angelegt {{when}}, von Datensätzen, die seither ersetzt wurden. Von dem, was jetzt da ist, gibt es keine.',
      old: 'Angelegt {{when}}, und seither wurde etwas geschrieben.',
    },
    daily: { failed: 'Die letzte wurde nicht angelegt: {{why}}' },
    others: { open: 'Auch in {{who}} offen. Was im einen gespeichert wird, erscheint im anderen.' },
    verified: {
      never: 'Jede wurde geprüft, als sie entstand, seither keine.',
      whole: 'Eine wurde unversehrt gefunden ({{when}}).',
      damaged_one: '{{count}} Sicherung ist nicht zu gebrauchen oder wurde beschädigt gefunden.',
      damaged_other: '{{count}} Sicherungen sind nicht zu gebrauchen oder wurden beschädigt gefunden.',
    },
    sandboxes: {
      fine_one: '{{count}} Spielwiese, die sich öffnen lässt.',
      fine_other: '{{count}} Spielwiesen; alle lassen sich öffnen.',
      none: 'Es gibt keine.',
      problems_one: '{{count}} Spielwiese lässt sich nicht öffnen: {{problem}}',
      problems_other: '{{count}} Spielwiesen lassen sich nicht öffnen, etwa: {{problem}}',
    },
  },
  deed: { backups: 'Zu den Sicherungen', play: 'Zu den Spielwiesen' },
  size: {
    title: 'Größe',
    file: 'Datei',
    wal: 'Neue Einträge daneben',
    free: 'Frei in der Datei',
    freeHint: 'Verdichten gibt es dem Laufwerk zurück.',
    entries: 'Änderungen im Verlauf',
    changes: 'Darin geschriebene Datensätze',
  },
  pack: {
    title: 'Datei verdichten?',
    what: 'Die Datei braucht {{bytes}}; davon sind {{free}} frei und würden zurückgegeben.',
    little: 'Viel gibt es nicht zu gewinnen: Fast nichts darin ist frei.',
    safe: 'Zuerst entsteht eine geprüfte Sicherung; bis dahin lässt es sich abbrechen. Danach beginnt das Fenster neu.',
    yes: 'Verdichten',
    running: 'Die Datei wird verdichtet',
    done: 'Die Datei ist verdichtet',
    doneMore: 'Vorher {{before}}, jetzt {{after}}. Zuerst entstand eine Sicherung.',
  },
  place: {
    title: 'Ort der Sicherungen',
    usual:
      'Im Ordner dieses Arbeitsbereichs, auf demselben Laufwerk wie die Datensätze. Ein anderes behält sie, wenn dieses ausfällt.',
    chosen: 'Im Ordner {{folder}}.',
    missing:
      '{{folder}} ist nicht da. Gesichert wird erst wieder, wenn das Laufwerk angeschlossen oder ein anderer Ort gewählt ist.',
    choose: 'Anderen Ort wählen…',
    back: 'Zurück zum üblichen Ort',
    hint: 'Dort entsteht ein eigener Ordner für sie. Sicherungen, die es schon gibt, bleiben, wo sie sind. Das Fenster beginnt neu.',
    running: 'Der Ort der Sicherungen wird geändert',
    done: 'Sicherungen liegen von nun an am neuen Ort',
    doneUsual: 'Sicherungen liegen wieder im Ordner des Arbeitsbereichs',
    doneMore: 'Frühere bleiben, wo sie sind.',
  },
  tables: {
    title: 'Was Platz braucht',
    name: 'Tabelle',
    rows: 'Zeilen',
    bytes: 'Größe',
    indexes: 'Ihre Indexe',
    unused: 'Ungenutzt',
    audit_transactions: 'Verlauf: Änderungen',
    audit_logs: 'Verlauf: geänderte Datensätze',
    workspaces: 'Arbeitsbereich und seine Pflege',
    sqlite_schema: 'Beschreibung der Tabellen',
    other: 'Sonstiges: {{name}}',
  },
} satisfies Translation<typeof care>;
