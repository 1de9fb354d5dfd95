/** A model's reply: a statement with a sentence about it, or a sentence that says why there is none. */
export type Reply = { sql: string; sentence: string } | { sql: null; sentence: string };

const longestSentence = 300;
const longestStatement = 100_000;

const oneLine = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+|\s+/gu, ' ')
    .trim()
    .slice(0, longestSentence);

/** Removes the reasoning that some models write before their answer. */
function withoutThoughts(text: string): string {
  const end = text.lastIndexOf('</think>');
  return end < 0 ? text : text.slice(end + '</think>'.length);
}

/** Reads the first SQL block of a reply, or a reply that is a statement. The statement is not checked here; running it does that. */
export function readReply(text: string): Reply {
  const answer = withoutThoughts(text).trim();
  const block = /```(?:sql|sqlite)?[^\S\n]*\n([^]*?)(?:```|$)/i.exec(answer);
  const rest = block ? answer.replace(block[0], ' ') : '';
  const sql = (block?.[1] ?? (/^(?:SELECT|WITH)\s/i.test(answer) ? answer : '')).trim();
  if (sql === '' || sql.length > longestStatement)
    return { sql: null, sentence: oneLine(answer.replace(/^IMPOSSIBLE\b[\s.:,–-]*/i, '')) };
  return { sql, sentence: oneLine(rest) };
}
