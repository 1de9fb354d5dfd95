import type en from '../en/import-notices.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  encoding_guessed:
    'Vermutete Kodierung: {{encoding}}. Prüfen Sie Akzente und Umlaute oder wählen Sie eine andere Kodierung.',
  short_rows: 'Zeilen mit weniger Zellen als die anderen: {{count, number}} (zuerst Zeile {{line}}).',
  long_rows: 'Zeilen mit mehr Zellen als die anderen: {{count, number}} (zuerst Zeile {{line}}).',
  open_quote:
    'Das Anführungszeichen in Zeile {{line}} wird nicht geschlossen: Der Rest der Datei ist eine Zelle.',
  headings_joined: 'Zwei Überschriftenzeilen sind verbunden, ab Zeile {{line}}.',
  cells_without_heading:
    'Zeilen mit mehr Zellen als Überschriften: {{count, number}} (zuerst Zeile {{line}}).',
  typographic_quotes: 'Typografische Anführungszeichen gelten als die von CSV: „{{example}}“.',
  hidden_sheets:
    'Ausgeblendete Blätter werden nicht gelesen: {{sheets}}. Um eines zu importieren, wählen Sie es.',
  hidden_rows: 'Ausgeblendete Zeilen bleiben weg: {{count, number}}.',
  hidden_columns: 'Ausgeblendete Spalten bleiben weg: {{columns}}.',
  formula_without_value:
    'Formelzellen ohne Wert: {{count, number}} (zuerst {{cell}}). Öffnen Sie die Datei in einem Tabellenprogramm und speichern Sie sie.',
  no_headings: 'Keine Überschriftenzeile gefunden. Die Spalten heißen A, B, C.',
  value_too_large:
    '„{{attribute}}“ von „{{record}}“ wird nicht importiert: Es hat {{kilobytes, number}} kB, und ein Datensatz kann {{max, number}} kB haben. Werte: {{count, number}}.',
  too_many_fields:
    '„{{attribute}}“ von „{{record}}“ wird nicht importiert: Ein Datensatz kann {{max, number}} Felder haben. Werte: {{count, number}}.',
  column_left_out: 'Spalte „{{column}}“ wird nicht importiert. Gefüllte Zellen: {{count, number}}.',
  attribute_left_out: 'Attribut „{{attribute}}“ wird nicht importiert. Werte: {{count, number}}.',
  drawing_left_out: 'Positionen, Farben und Formen werden nicht importiert. Elemente: {{count, number}}.',
  element_left_out: '„{{name}}“ wird nicht importiert, weil FRAMES diesen Typ nicht hat: {{count, number}}.',
  graph_data_left_out: '„{{attribute}}“ beschreibt den ganzen Graphen und wird nicht importiert.',
  values_over_time:
    '„{{attribute}}“ ändert sich mit der Zeit; nur der letzte Wert wird importiert. Frühere Werte: {{count, number}}.',
  types_by_name: 'Art nach dem Namen vermutet, Knoten: {{count, number}}.',
  membership_edges:
    'Kanten, die eine Zugehörigkeit zu Team, Projekt oder Universität nennen, werden Mitgliedschaften, keine Verbindungen: {{count, number}}.',
  undirected_edges: 'Ungerichtete Kanten werden Verbindungen vom ersten zum zweiten Ende: {{count, number}}.',
  share_rest:
    'Attribut „{{attribute}}“ wird als 100 % minus Wert gelesen: {{value}} wird {{becomes, number}} %. Werte: {{count, number}}.',
  mutual_edges: 'Kanten in beide Richtungen werden je zwei Verbindungen: {{count, number}}.',
  nodes_left_out:
    'Notizen, Legenden und ausgelassene Knoten werden nicht importiert: {{count, number}} (zuerst „{{name}}“).',
  edges_left_out: 'Kanten ausgelassener Knoten werden nicht importiert: {{count, number}}.',
  edge_ids_repeated:
    'Mehrere Kanten haben dieselbe ID, deshalb bekommen alle Kanten neue IDs: {{count, number}}.',
  ids_taken:
    'IDs wie „{{value}}“ sind vergeben, deshalb bekommen diese Elemente neue IDs: {{count, number}}.',
  matrix:
    'Die Matrix wird als Verbindungen von ihren Zeilen zu ihren Spalten gelesen: {{count, number}}. Vertauschen Sie „Von“ und „Nach“, wenn die Spalten weitergeben, was die Zeilen erhalten.',
  names_turned:
    'Namen werden mit dem Nachnamen zuerst gelesen: „{{value}}“ wird „{{becomes}}“. Namen: {{count, number}}.',
  former_members: 'Ehemalige Studierende werden als nicht mehr aktiv importiert: {{count, number}}.',
  remarks_moved:
    'Bemerkungen nach Namen wie „{{value}}“ stehen im eigenen Feld „{{field}}“. Namen: {{count, number}}.',
  titles_moved:
    'Titel nach Namen wie „{{value}}“ stehen im eigenen Feld „{{field}}“. Namen: {{count, number}}.',
  name_ambiguous:
    'Mehrere Datensätze heißen „{{value}}“, deshalb wird ein neuer erstellt. Knoten: {{count, number}}.',
  by_position:
    'Enden der Verbindungen werden als Positionen in der Liste der Knoten gelesen, nicht als IDs: {{count, number}}.',
} as const satisfies Translation<typeof en>;
