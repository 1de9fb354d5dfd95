import { useState } from 'react';
import { useView } from '../../stores/address.ts';
import '../records/records.css';
import '../records/narrowing.css';
import { Network } from './Network.tsx';
import './network.css';
import './controls/controls.css';
import { createNetworkStore, NetworkProvider } from './state.ts';

/** Records and the links between them as a picture. */
export default function NetworkView() {
  const view = useView();
  const [store] = useState(createNetworkStore);
  if (view.kind !== 'network') return null;
  return (
    <NetworkProvider value={store}>
      <Network view={view} />
    </NetworkProvider>
  );
}
