import { useQuery } from '@tanstack/react-query';
import { queryFor } from '../stores/queries.ts';

export function ProfileName({ id }: { id: string }) {
  const { data = [] } = useQuery(queryFor('workspace.profiles', {}));
  const knownProfile = data.find((profile) => profile.id === id);
  return knownProfile ? <span>{knownProfile.name}</span> : <code className="dim">{id}</code>;
}
