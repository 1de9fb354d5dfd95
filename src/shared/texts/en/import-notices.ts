/** Sentences of import notices by code. Placeholders are `count` and the keys of `where` and `params`. */
export default {
  encoding_guessed:
    'The encoding was guessed: {{encoding}}. Check accents and umlauts, or choose another encoding.',
  short_rows: 'Rows with fewer cells than the others: {{count, number}} (first: line {{line}}).',
  long_rows: 'Rows with more cells than the others: {{count, number}} (first: line {{line}}).',
  open_quote: 'The quotation mark on line {{line}} is not closed: the rest of the file is one cell.',
  headings_joined: 'Two heading rows are joined, from line {{line}}.',
  cells_without_heading: 'Rows with more cells than headings: {{count, number}} (first: line {{line}}).',
  typographic_quotes: 'Typographic quotation marks are read as those of CSV: “{{example}}”.',
  hidden_sheets: 'Hidden sheets are not read: {{sheets}}. To import one, choose it.',
  hidden_rows: 'Hidden rows are left out: {{count, number}}.',
  hidden_columns: 'Hidden columns are left out: {{columns}}.',
  formula_without_value:
    'Formula cells without a value: {{count, number}} (first: {{cell}}). Open the file in a spreadsheet program and save it.',
  no_headings: 'No heading row was found. The columns are named A, B, C.',
  value_too_large:
    '“{{attribute}}” of “{{record}}” is not imported: it has {{kilobytes, number}} kB, and a record can have {{max, number}} kB. Values: {{count, number}}.',
  too_many_fields:
    '“{{attribute}}” of “{{record}}” is not imported: a record can have {{max, number}} fields. Values: {{count, number}}.',
  column_left_out: 'Column “{{column}}” is not imported. Filled cells: {{count, number}}.',
  attribute_left_out: 'Attribute “{{attribute}}” is not imported. Values: {{count, number}}.',
  drawing_left_out: 'Positions, colours and shapes are not imported. Elements: {{count, number}}.',
  element_left_out: '“{{name}}” is not imported, because FRAMES has no such type: {{count, number}}.',
  graph_data_left_out: '“{{attribute}}” describes the whole graph and is not imported.',
  values_over_time:
    '“{{attribute}}” changes over time; only the latest value is imported. Earlier values: {{count, number}}.',
  types_by_name: 'Types guessed from names, nodes: {{count, number}}.',
  membership_edges:
    'Edges that say what belongs to a team, project or university become memberships, not links: {{count, number}}.',
  undirected_edges: 'Undirected edges become links from the first to the second end: {{count, number}}.',
  share_rest:
    'Attribute “{{attribute}}” is read as 100 % minus the value: {{value}} becomes {{becomes, number}} %. Values: {{count, number}}.',
  mutual_edges: 'Edges in both directions become two links each: {{count, number}}.',
  nodes_left_out:
    'Notes, legends and nodes that you leave out are not imported: {{count, number}} (first: “{{name}}”).',
  edges_left_out: 'Edges of nodes that are left out are not imported: {{count, number}}.',
  edge_ids_repeated: 'Several edges have the same id, so all edges get new ids: {{count, number}}.',
  ids_taken: 'Ids like “{{value}}” are taken, so these elements get new ids: {{count, number}}.',
  matrix:
    'The matrix is read as links from its rows to its columns: {{count, number}}. Choose “To” and “From” the other way round if the columns pass on what the rows receive.',
  names_turned:
    'Names are read with the family name first: “{{value}}” becomes “{{becomes}}”. Names: {{count, number}}.',
  former_members: 'Former students are imported as no longer active: {{count, number}}.',
  remarks_moved:
    'Remarks after names, such as “{{value}}”, are kept in the custom field “{{field}}”. Names: {{count, number}}.',
  titles_moved:
    'Titles after names, such as “{{value}}”, are kept in the custom field “{{field}}”. Names: {{count, number}}.',
  name_ambiguous: 'Several records are named “{{value}}”, so a new one is created. Nodes: {{count, number}}.',
  by_position: 'Link ends are read as positions in the list of nodes, not as ids: {{count, number}}.',
};
