import type en from '../en/home.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  answers: 'Antwort anzeigen',
  show: '{{what}} anzeigen',
  hereNothing: '„{{workspace}}“ enthält noch keine Datensätze',
  hereNothingThen: '{{workspace}} enthielt damals keine Datensätze',
  inactive: '{{count, number}} inaktiv',
  need: {
    none: 'Nichts erfordert Ihre Aufmerksamkeit',
    some_one: '{{count, number}} Punkt erfordert Ihre Aufmerksamkeit',
    some_other: '{{count, number}} Punkte erfordern Ihre Aufmerksamkeit',
    uncertain: '≈ Rang unsicher',
    repair: 'Beste Maßnahme: {{repair}} ({{effect}})',
    order: 'Zuerst, wer bald geht, dann die größten. Maßstab:',
    unread: 'Einige Datensätze waren nicht lesbar',
    noLinks: 'Noch keine Verbindungen',
    noLinksText:
      'Fügen Sie Verbindungen zwischen Teams hinzu, um zu sehen, was Ihre Aufmerksamkeit erfordert.',
    noMembersText:
      'Jeder Wert ist bekannt. Noch kein Team hat Mitglieder mit Semesterangabe, deshalb ist von niemandem bekannt, wann er geht.',
    noneText:
      'Nichts fällt auf: Bei Weggängen, Verbindungen, Teams und Spezialgebieten ist nichts zu tun, und jeder Wert ist bekannt.',
  },
  aside: {
    title_one: '{{count, number}} Datensatz enthält nicht erkannte Werte',
    title_other: '{{count, number}} Datensätze enthalten nicht erkannte Werte',
    text: 'Der Import hat sie im Datensatz unter „Nicht erkannte Werte“ gespeichert. Tragen Sie sie in das richtige Feld ein und entfernen Sie dann die Notiz.',
  },
  unknown: {
    title_one: '{{count, number}} unbekannter Wert',
    title_other: '{{count, number}} unbekannte Werte',
    part: '{{field}} ({{what}})',
    meant: 'Ausblenden',
    accepted: 'Werte ausgeblendet',
    text: 'Unverändert gespeichert: {{what}}.',
  },
  unassigned: {
    title_one: '{{count, number}} Datensatz gehört zu keiner Universität',
    title_other: '{{count, number}} Datensätze gehören zu keiner Universität',
    text: '{{what}}.',
    locked: '{{what}}. Diese Datensätze dürfen nur die Rollen „Forschung“ und „Admin“ ändern.',
  },
  unrated: {
    title_one: '{{count, number}} Verbindung ohne Verlustangabe',
    title_other: '{{count, number}} Verbindungen ohne Verlustangabe',
    text: 'Sie zählen weder als stark noch als schwach.',
  },
  sample: {
    label: 'Beispieldaten',
    text: 'Erkennen Sie, von wem und wovon Ihr Programm abhängt, bevor jemand geht. Dies sind Beispieldaten: Ändern Sie, was Sie möchten.',
    own: 'Um eigene Datensätze einzugeben, erstellen Sie einen Arbeitsbereich oder entfernen Sie die Beispieldaten.',
    clear: 'Beispieldaten entfernen',
    cleared: 'Beispieldaten entfernt; Ihre Datensätze sind unverändert',
    left_one: '{{count, number}} Beispieldatensatz bleibt, weil er geändert oder genutzt wird.',
    left_other: '{{count, number}} Beispieldatensätze bleiben, weil sie geändert oder genutzt werden.',
    nothing: 'Nichts wurde entfernt: Alle Beispieldatensätze wurden geändert oder werden genutzt.',
    hide: 'Ausblenden',
  },
  recent: {
    title: 'Letzte Änderungen',
    none: 'Noch keine Änderungen.',
  },
  kept: {
    title: 'Datensicherheit',
    backup: 'Letzte Sicherung',
    noBackup: 'Noch keine Sicherung',
    otherBackup: 'Keine Sicherung des aktuellen Stands',
    noPlaceText: 'keine Sicherungen',
    accounted: 'Jede Änderung steht im Verlauf',
    entries_one: '{{count, number}} Eintrag',
    entries_other: '{{count, number}} Einträge',
    offline: 'Funktioniert offline',
    offlineShared: 'geteilt über {{server}}',
    offlineText: 'Daten bleiben auf diesem Computer',
    deleted: 'Gelöschte Datensätze lassen sich wiederherstellen',
    deletedCount_one: '{{count, number}} gelöschter Datensatz',
    deletedCount_other: '{{count, number}} gelöschte Datensätze',
    verified: 'Letzte Prüfung: keine Probleme',
    damaged: 'Letzte Prüfung: Probleme gefunden',
    unchecked: 'Noch nicht geprüft',
    closed: 'Die Datei ist beschädigt',
    ok: 'Die Datei ist unbeschädigt, die Kette aus {{entries}} ist vollständig, und das Nachspielen ergibt genau den aktuellen Stand ({{records}}).',
    okDocuments_one: '{{count, number}} Datei eines Dokuments wurde gelesen und ist unversehrt.',
    okDocuments_other: '{{count, number}} Dateien von Dokumenten wurden gelesen und sind unversehrt.',
    elsewhere_one: 'Die Datei von {{count, number}} Dokument war nie auf diesem Computer.',
    elsewhere_other: 'Die Dateien von {{count, number}} Dokumenten waren nie auf diesem Computer.',
    noHead:
      'Die Datei head.json im Ordner des Arbeitsbereichs fehlt. Ob die neuesten Einträge abgeschnitten wurden, lässt sich deshalb nicht feststellen. Die nächste Änderung schreibt sie neu.',
    bad: {
      integrity: 'Die Datei ist beschädigt.',
      unread: 'Ein Teil der Datei ist nicht lesbar.',
      sound: 'Die Datei ist unbeschädigt, aber ihr Inhalt weicht von dem ab, was FRAMES schreibt.',
      chain: 'Die Kette des Verlaufs ist unterbrochen: Ein anderes Programm hat die Datei geändert.',
      replay: 'Das Nachspielen des Verlaufs ergibt nicht die aktuellen Datensätze.',
      documents_one: 'Die Datei von {{count, number}} Dokument fehlt oder ist nicht die angehängte.',
      documents_other: 'Die Dateien von {{count, number}} Dokumenten fehlen oder sind nicht die angehängten.',
      repair: 'Sie können weiterarbeiten. Eine Sicherung oder der Server hat vielleicht brauchbare Kopien.',
      todo: 'Arbeiten Sie hier nicht weiter. Kopieren Sie den Ordner und retten Sie den Arbeitsbereich aus einer Sicherung oder aus dem, was lesbar ist. Die Prüfung hat nichts geändert.',
      mend: 'Sie können weiterarbeiten. Verweist ein Datensatz auf einen fehlenden, wählen Sie einen anderen oder keinen. Die Prüfung hat nichts geändert.',
      problems: 'Gefundene Probleme',
    },
  },
  go: {
    title: 'Aktionen',
  },
  start: {
    title: 'So können Sie beginnen',
    sheet: {
      title: 'Mit einer Tabelle',
      text: 'Teams, Personen oder Verbindungen aus CSV oder Excel. Vor dem Speichern alles prüfen und korrigieren.',
    },
    file: {
      title: 'Mit einer FRAMES-Datei',
      text: 'Eine Datei aus FRAMES oder dem ursprünglichen FRAMES.',
    },
    scratch: {
      title: 'Von Grund auf',
      text: 'Schritt für Schritt eine Universität mit ihren Teams und Personen eingeben.',
    },
    tour: {
      title: 'Rundgang beginnen',
      text: 'Sechs kurze Schritte durch das Fenster, mit Beispieldaten.',
    },
    back: {
      title: 'Beispieldaten wiederherstellen',
      text: 'Fügt die eben entfernten Beispieldatensätze wieder hinzu.',
    },
    sample: {
      text: 'Ein erfundenes Programm erkunden.',
    },
  },
  empty: {
    title: 'Eigene Datensätze hinzufügen',
    text: 'Erkennen Sie, von wem und wovon Ihr Programm abhängt, bevor jemand geht. Beginnen Sie mit Universitäten, Teams, Personen, Projekten und den Verbindungen zwischen ihnen.',
    group: 'Teilt Ihre Gruppe Datensätze über einen Server?',
    viewer: 'Die Rolle „Nur Lesen“ ändert keine Datensätze. Bitte das Profil wechseln.',
  },
  emptyThen: {
    title: 'Keine Datensätze zu diesem Zeitpunkt',
    text: 'Wählen Sie einen anderen Zeitpunkt oder kehren Sie zu Jetzt zurück.',
  },
} satisfies Translation<typeof en>;
