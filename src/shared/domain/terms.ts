/** First day of the term (ISO 8601). Terms start on 1 January and 1 July (UTC). */
export function termStart(now: Date): string {
  return `${now.getUTCFullYear()}-${now.getUTCMonth() < 6 ? '01' : '07'}-01`;
}

const monthsPerTerm = 6;

/** The end of the last term, or of a term `termsAfter` terms later. Terms end with June and December (UTC). */
export function termEnd(now: Date, termsAfter = 0): string {
  const end = new Date(`${termStart(now)}T00:00:00.000Z`);
  end.setUTCMonth(end.getUTCMonth() + monthsPerTerm * termsAfter);
  return end.toISOString();
}
