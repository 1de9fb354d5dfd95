import type { ImportNotice } from '../contract/import-report.ts';

/** The English sentences of import notices, for the window and the command line. `count`, what `where` and `params` hold, may stand in them. */
export const importNotices: Record<ImportNotice['code'], string> = {
  encoding_guessed:
    'The file is in an older encoding, probably {{encoding}}. Check that accents and umlauts are right, or choose another one.',
  short_rows: 'Rows with fewer cells than the others: {{count, number}} (first: line {{line}}).',
  long_rows: 'Rows with more cells than the others: {{count, number}} (first: line {{line}}).',
  open_quote: 'A quotation mark on line {{line}} is never closed: all that follows is one cell.',
  headings_joined: 'Two lines of headings are joined, from line {{line}} on.',
  formula_without_value:
    'Cells with a formula that was never calculated are empty: {{count, number}} (first: {{cell}}). Open and save the file in a spreadsheet program.',
  no_headings: 'No line of headings was found. The columns are called A, B, C.',
  column_left_out: 'The column “{{column}}” is not imported. Filled cells: {{count, number}}.',
  attribute_left_out: 'The attribute “{{attribute}}” is not imported. Values: {{count, number}}.',
  drawing_left_out: 'Positions, colours and shapes are not imported. Elements with them: {{count, number}}.',
  element_left_out: 'FRAMES has nothing like “{{name}}”, so it is not imported: {{count, number}}.',
  graph_data_left_out: '“{{attribute}}” is about the graph as a whole and is not imported.',
  values_over_time:
    'Of the values that “{{attribute}}” has over time, the latest is imported. Earlier values: {{count, number}}.',
  undirected_edges: 'Undirected edges become links from their first end to their second: {{count, number}}.',
  edge_ids_repeated: 'Several edges have the same id, so all edges get ids of their own: {{count, number}}.',
  ids_taken:
    'Ids like “{{value}}” belong to other records here, so these elements get new ids: {{count, number}}.',
  name_ambiguous:
    'Several records here are called “{{value}}”, so a new one is made. Such nodes: {{count, number}}.',
  by_position: 'The ends of links are read as positions in the list of nodes, not as ids: {{count, number}}.',
};

/** What the placeholders of a notice's sentence stand for. */
export function noticeValues({ count, where, params }: ImportNotice) {
  const values: Record<string, string | number | undefined> = { ...where, ...params };
  return { ...values, count };
}

/** An import notice as an English sentence, with its sheet in front where one is named. */
export function noticeText(notice: ImportNotice): string {
  const values: Record<string, string | number | undefined> = noticeValues(notice);
  const text = importNotices[notice.code].replaceAll(/\{\{(\w+)(?:, number)?\}\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString('en-US') : value;
  });
  return notice.where.sheet === undefined ? text : `Sheet “${notice.where.sheet}”: ${text}`;
}
