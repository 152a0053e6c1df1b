/** @file A peer as pages name it: with the version that was measured. */
import type { PeerFound } from './peers/find.ts';

/** "PyTorch 1.13.1", of peers that are listed once for each number of threads. */
export function versionOf(peers: readonly PeerFound[], name: string): string {
  const found = peers.find((peer) => peer.version !== null && peer.name.startsWith(name));
  return found ? `${name} ${found.version}` : name;
}
