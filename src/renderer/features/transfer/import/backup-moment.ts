import { exact } from '../../../text/time.ts';

/** When a backup was made, as people say it, of the stamp that names its folder (20261120T130946696Z); another name stays as it is. */
export function backupMoment(id: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z(?:-\d+)?$/.exec(id);
  if (!parts) return id;
  const [, year, month, day, hour, minute, second, thousandth] = parts;
  return exact(`${year}-${month}-${day}T${hour}:${minute}:${second}.${thousandth}Z`);
}
