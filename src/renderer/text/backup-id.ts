const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/;

/** The moment (ISO 8601) that a backup's id begins with, as `20260105T090000000Z`; null where it does not. */
export function momentOf(id: string): string | null {
  const [, year, month, day, hour, minute, second, part] = stamp.exec(id) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}T${hour}:${minute}:${second}.${part}Z`;
}
