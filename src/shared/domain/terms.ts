/** First day of the term (ISO 8601). Terms start on 1 January and 1 July (UTC). */
export function termStart(now: Date): string {
  return `${now.getUTCFullYear()}-${now.getUTCMonth() < 6 ? '01' : '07'}-01`;
}
