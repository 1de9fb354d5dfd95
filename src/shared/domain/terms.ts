/** The first day of the term (ISO 8601): terms begin with January and with July (UTC). */
export function termStart(now: Date): string {
  return `${now.getUTCFullYear()}-${now.getUTCMonth() < 6 ? '01' : '07'}-01`;
}
