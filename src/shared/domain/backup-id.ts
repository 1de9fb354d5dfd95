const idTimePattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/;

/** The time (ISO 8601) at the start of a backup id, as `20260105T090000000Z`; null without one. */
export function timeOfBackupId(id: string): string | null {
  const [, year, month, day, hour, minute, second, milliseconds] = idTimePattern.exec(id) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
}
