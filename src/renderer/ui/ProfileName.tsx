import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { keys } from '../stores/queries.ts';

/** The name of a profile; its id until known. */
export function ProfileName({ id }: { id: string }) {
  const { data = [] } = useQuery({
    queryKey: keys.profiles,
    queryFn: ({ signal }) => api.workspace.profiles({}, { signal }),
  });
  const known = data.find((profile) => profile.id === id);
  return known ? <span>{known.name}</span> : <code className="dim">{id}</code>;
}
