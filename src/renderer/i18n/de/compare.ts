import type compare from '../en/compare.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Was sich zwischen Live und einer Spielwiese unterscheidet, und wie es übernommen wird. */
export default {
  title: '{{name}} im Vergleich mit Live',
  titleAny: 'Im Vergleich mit Live',
  inPast: 'Verglichen werden Spielwiesen und Live, wie sie jetzt sind. Dazu zurück zu Jetzt gehen.',
  toPlay: 'Zu den Spielwiesen',
  noLive:
    'Live lässt sich nicht öffnen, deshalb lässt sich nichts damit vergleichen. Zurück in Live ist zu sehen, was sich tun lässt.',
  tab: 'Vergleich',
  tabNamed: 'Vergleich {{name}}',
  list: 'Was sich unterscheidet',
  narrow: 'Welche Unterschiede',
  search: 'Nach Namen suchen',
  searchAll: 'Namen oder Wert suchen',
  comparing: 'Es wird verglichen',
  shown_one: '{{count, number}} Datensatz unterscheidet sich',
  shown_other: '{{count, number}} Datensätze unterscheiden sich',
  shownOf_one: '{{shown, number}} von {{count, number}} Datensatz, der sich unterscheidet',
  shownOf_other: '{{shown, number}} von {{count, number}} Datensätzen, die sich unterscheiden',
  openSandbox: 'Spielwiese öffnen',
  compare: 'Vergleichen',
  more_one: 'Mehr zeigen ({{count, number}} fehlt noch)',
  more_other: 'Mehr zeigen ({{count, number}} fehlen noch)',
  nothing: 'Hier trägt nichts „{{text}}“ im Namen.',
  nothingSaid: 'Kein Unterschied hier enthält „{{text}}“.',
  none: {
    carried: 'In dieser Spielwiese wurde noch nichts geändert, was Live nicht auch hat.',
    conflict: 'Nichts widerspricht sich.',
    live: 'Live wurde nicht geändert, seit es die Spielwiese gibt.',
    liveSince: 'Live wurde nicht geändert, seit zuletzt Änderungen von Live geholt wurden.',
  },
  based: {
    common:
      'Live wurde wiederhergestellt, seit es die Spielwiese gibt. Beide werden mit dem letzten gemeinsamen Stand verglichen.',
    none: 'Live und diese Spielwiese haben keinen gemeinsamen Stand: Eines von beiden kommt von anderswo, etwa aus der goldenen Kopie oder einer anderen Sicherung. Über jeden Unterschied ist zu entscheiden.',
  },
  as: { label: 'Wie Unterschiede gezeigt werden', list: 'Liste', network: 'Netzwerk' },
  network: {
    label_one: '{{count, number}} Unterschied als Netzwerk',
    label_other: '{{count, number}} Unterschiede als Netzwerk',
    list: 'Unterschiede im Netzwerk',
    legend: 'Was die Farben bedeuten',
    change: {
      added: 'In der Spielwiese hinzugefügt',
      changed: 'In der Spielwiese geändert',
      removed: 'In der Spielwiese gelöscht',
      conflict: 'Im Widerspruch',
      live: 'Nur in Live anders',
    },
    context: 'Kein Unterschied',
    card: 'Was sich bei {{title}} unterscheidet',
    pick: 'Übernehmen',
    coming: 'Die Unterschiede werden gezeichnet…',
    cut_one: '{{count, number}} von {{all, number}} Datensätzen ist zu sehen, zuerst die Unterschiede.',
    cut_other: '{{count, number}} von {{all, number}} Datensätzen sind zu sehen, zuerst die Unterschiede.',
    left_one: '{{count, number}} weiterer Unterschied steht in der Liste.',
    left_other: '{{count, number}} weitere Unterschiede stehen in der Liste.',
    other_one: '{{count, number}} Unterschied hat keinen Platz in einem Netzwerk; er steht in der Liste.',
    other_other:
      '{{count, number}} Unterschiede haben keinen Platz in einem Netzwerk; sie stehen in der Liste.',
  },
  chip: {
    carried_one: 'In der Spielwiese geändert ({{count, number}})',
    carried_other: 'In der Spielwiese geändert ({{count, number}})',
    conflict_one: 'Im Widerspruch ({{count, number}})',
    conflict_other: 'Im Widerspruch ({{count, number}})',
    live_one: 'Nur in Live geändert ({{count, number}})',
    live_other: 'Nur in Live geändert ({{count, number}})',
  },
  column: {
    record: 'Datensatz',
    field: 'Feld',
    base: 'Damals',
    live: 'Live jetzt',
    play: 'Spielwiese',
  },
  pick: '{{title}} übernehmen',
  pickAll: 'Alles übernehmen',
  byName:
    'Bleibt außen vor, solange es nicht angekreuzt ist: In Live könnte man dann als dieses Profil handeln.',
  byNameHere: 'Bleibt wie in Live, solange es nicht angekreuzt ist: Ein Profil sagt, wer dort was darf.',
  absent: '–',
  whole: 'ganzer Datensatz',
  removed: 'gelöscht',
  there: 'da',
  open: { live: 'In Live öffnen', play: 'In der Spielwiese öffnen: {{name}}' },
  deed: { added: 'Neu:', changed: 'Geändert:', removed: 'Gelöscht:', conflict: 'Im Widerspruch:' },
  decide: 'Was zählt bei {{what}}',
  fieldOf: '{{field}} von {{title}}',
  inConflict: 'im Widerspruch',
  why: {
    field: '{{field}}: Beide Seiten haben es geändert.',
    deleted: 'Eine Seite hat ihn gelöscht, die andere geändert.',
    created: 'Beide Seiten haben ihn angelegt, verschieden.',
    restored: 'Beide Seiten haben ihn wieder, verschieden.',
    other_type: 'Beide Seiten haben diese Kennung Datensätzen verschiedener Art gegeben.',
  },
  keep: { live: 'Live behalten', play: 'Spielwiese nehmen' },
  keepHere: { live: 'Live nehmen', play: 'Spielwiese behalten' },
  take: {
    live: { deleted: 'Gelöscht lassen wie in Live', kept: 'Den von Live behalten' },
    play: { deleted: 'Löschen wie in der Spielwiese', kept: 'Den der Spielwiese nehmen' },
  },
  takeHere: {
    live: { deleted: 'Löschen wie in Live', kept: 'Den von Live nehmen' },
    play: { deleted: 'Gelöscht lassen wie in der Spielwiese', kept: 'Den der Spielwiese behalten' },
  },
  rest: {
    ask: 'Einzeln in der Liste entscheiden',
    live: 'Bei allen Live behalten',
    play: 'Bei allen die Spielwiese nehmen',
  },
  restHere: {
    ask: 'Einzeln in der Liste entscheiden',
    live: 'Bei allen Live nehmen',
    play: 'Bei allen die Spielwiese behalten',
  },
  undecided_one: '{{count}} Widerspruch ist noch nicht entschieden',
  undecided_other: '{{count}} Widersprüche sind noch nicht entschieden',
  decidedAlike: 'Was sich widersprach',
  lookAgain: 'Schließen Sie dies, und sehen Sie die Unterschiede noch einmal an.',
  looking: 'Es wird nachgesehen, was das bewirken würde…',
  nothingToDo: 'Es gibt nichts zu übernehmen.',
  backedUp: 'Davor wurde eine Sicherung angelegt.',
  lines: {
    created: 'Legt an: {{what}}',
    restored: 'Holt zurück: {{what}}',
    updated: 'Ändert: {{what}}',
    removed: 'Löscht: {{what}}',
    needed_one: 'Davon kommt einer nur mit, weil etwas Gewähltes auf ihn verweist:',
    needed_other: 'Davon kommen {{count, number}} nur mit, weil etwas Gewähltes auf sie verweist:',
    spared_one:
      '{{count, number}} Datensatz bleibt außen vor, weil er oder ein Verweis von ihm in der Spielwiese mit dem ging, was Live behält:',
    spared_other:
      '{{count, number}} Datensätze bleiben außen vor, weil sie oder Verweise von ihnen in der Spielwiese mit dem gingen, was Live behält:',
    unnamed_one: 'Ein Profil bleibt außen vor. Kreuzen Sie es in der Liste an, wenn es in Live gelten soll:',
    unnamed_other:
      '{{count, number}} Profile bleiben außen vor. Kreuzen Sie in der Liste an, welche in Live gelten sollen:',
    links: '{{what}} mehr gingen mit dem Gelöschten.',
    references_one: '{{count}} Datensatz verweist auf Gelöschtes und täte es nicht mehr.',
    references_other: '{{count}} Datensätze verweisen auf Gelöschtes und täten es nicht mehr.',
    left_one: '{{count}} Datensatz bleibt trotz Widerspruch, wie er ist.',
    left_other: '{{count}} Datensätze bleiben trotz Widerspruch, wie sie sind.',
  },
  conflicts: {
    promote: {
      overwritten: 'Überschrieben wird, was Live geändert hat:',
      dropped: 'Nicht übernommen wird, was die Spielwiese geändert hat:',
      partly_one:
        '{{count}} Datensatz wird geändert, behält aber den Wert von Live, wo beide dasselbe geändert haben.',
      partly_other:
        '{{count}} Datensätze werden geändert, behalten aber den Wert von Live, wo beide dasselbe geändert haben.',
    },
    refresh: {
      overwritten: 'Überschrieben wird, was die Spielwiese geändert hat:',
      dropped: 'Nicht geholt wird, was Live geändert hat:',
      partly_one:
        '{{count}} Datensatz wird geändert, behält aber den Wert der Spielwiese, wo beide dasselbe geändert haben.',
      partly_other:
        '{{count}} Datensätze werden geändert, behalten aber den Wert der Spielwiese, wo beide dasselbe geändert haben.',
    },
    instead: 'statt',
    changed: 'geändert',
  },
  followed: {
    promote: {
      stays_one:
        '{{count, number}} Datensatz bleibt wie in Live: In der Spielwiese ging er oder ein Verweis von ihm mit dem, was Live behält:',
      stays_other:
        '{{count, number}} Datensätze bleiben wie in Live: In der Spielwiese gingen sie oder Verweise von ihnen mit dem, was Live behält:',
      back_one:
        '{{count, number}} weiterer kommt mit dem mit, was zurückkommt; in Live war er weg oder hatte einen Verweis verloren:',
      back_other:
        '{{count, number}} weitere kommen mit dem mit, was zurückkommt; in Live waren sie weg oder hatten einen Verweis verloren:',
    },
    refresh: {
      stays_one:
        '{{count, number}} Datensatz bleibt wie in der Spielwiese: In Live ging er oder ein Verweis von ihm mit dem, was die Spielwiese behält:',
      stays_other:
        '{{count, number}} Datensätze bleiben wie in der Spielwiese: In Live gingen sie oder Verweise von ihnen mit dem, was die Spielwiese behält:',
      back_one:
        '{{count, number}} weiterer kommt mit dem mit, was zurückkommt; in der Spielwiese war er weg oder hatte einen Verweis verloren:',
      back_other:
        '{{count, number}} weitere kommen mit dem mit, was zurückkommt; in der Spielwiese waren sie weg oder hatten einen Verweis verloren:',
    },
  },
  deletedInPlay:
    '„{{title}}“ verweist auf „{{gone}}“; das ist in der Spielwiese gelöscht. Holen Sie es dort zurück, oder übernehmen Sie erst seine Löschung in Live.',
  overruled: {
    promote: {
      goes: '„{{title}}“ soll bleiben, wie es ist, ginge aber mit, wenn „{{gone}}“ gelöscht wird. Lassen Sie auch diese Löschung weg, oder nehmen Sie bei beiden die Spielwiese.',
      loses:
        '„{{title}}“ soll behalten, worauf es verweist, doch „{{gone}}“ wird gelöscht. Lassen Sie auch diese Löschung weg, oder nehmen Sie bei beiden die Spielwiese.',
    },
    refresh: {
      goes: '„{{title}}“ soll bleiben, wie es ist, ginge aber mit, wenn „{{gone}}“ gelöscht wird. Nehmen Sie bei beiden Live, oder lassen Sie es in der Spielwiese vorher auf etwas anderes verweisen.',
      loses:
        '„{{title}}“ soll behalten, worauf es verweist, doch „{{gone}}“ wird gelöscht. Nehmen Sie bei beiden Live, oder lassen Sie es in der Spielwiese vorher auf etwas anderes verweisen.',
    },
  },
  along: {
    link: '{{title}} geht mit.',
    left: '{{title}} geht mit, obwohl nicht angekreuzt: Ein Ende davon wird gelöscht.',
    reference: '{{title}} verweist nicht mehr darauf.',
    more_one: '… und {{count, number}} weiterer',
    more_other: '… und {{count, number}} weitere',
  },
  promote: {
    button_one: '{{count, number}} Datensatz übernehmen…',
    button_other: '{{count, number}} Datensätze übernehmen…',
    buttonNone: 'Übernehmen…',
    inLive: 'In Live übernehmen…',
    title: '{{name}} in Live übernehmen?',
    note: 'Davor wird eine Sicherung von Live angelegt. Es ist eine Änderung, die sich als ein Schritt zurücknehmen lässt.',
    running: 'Es wird übernommen',
    yes: 'Übernehmen',
    none: 'Nichts ist gewählt: Was übernommen werden soll, ist anzukreuzen.',
    allKept: 'Für alles Angekreuzte gilt, was Live hat: Es gibt nichts zu übernehmen.',
    done_one: '{{count}} Datensatz aus {{name}} übernommen',
    done_other: '{{count}} Datensätze aus {{name}} übernommen',
    nothing: 'Live hat schon alles davon',
  },
  refresh: {
    elsewhere: 'Geholt wird, wo diese Spielwiese offen ist: Dazu zuerst diese öffnen.',
    button: 'Änderungen von Live holen…',
    title: 'Änderungen von Live in {{name}} holen?',
    note: 'Live bleibt, wie es ist. Es ist eine Änderung dieser Spielwiese, die sich als ein Schritt zurücknehmen lässt.',
    running: 'Änderungen von Live werden geholt',
    yes: 'Holen',
    none: 'Nichts ist gewählt.',
    done_one: '{{count}} Datensatz aus Live geholt',
    done_other: '{{count}} Datensätze aus Live geholt',
    nothing: 'Die Spielwiese hat schon alles davon',
  },
} satisfies Translation<typeof compare>;
