import type { ChosenTrust } from '#shared/contract/connection.ts';
import { api } from '../api/client.ts';
import { shell } from '../api/shell.ts';
import { queryClient, queryFor } from './queries.ts';

/** The CA certificates that the user chose for this computer. */
export const trustQuery = queryFor('connection.certificates', {});

const storeTrust = (trust: ChosenTrust): void =>
  void queryClient.setQueryData<ChosenTrust>(trustQuery.queryKey, trust);

/** Asks for a CA file and trusts its certificates; returns whether one was chosen. Throws BAD_FILE. */
export async function chooseCaFile(): Promise<boolean> {
  const file = await shell.chooseFile({ purpose: 'certificates' });
  if (!file) return false;
  storeTrust(await api.connection.trustFile({ grant: file.grant }));
  return true;
}

export const distrust = async (): Promise<void> => storeTrust(await api.connection.distrust({}));
