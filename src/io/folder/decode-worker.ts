/** @file What a decoding thread runs: it draws until nothing is left, and ends. */
import { runThread } from '../../platform/threads.ts';
import { type DecodeTask, decodeSome } from './decode-share.ts';
import { loadDecoders } from './decoders.ts';

async function decodeAll(task: DecodeTask): Promise<void> {
  const decoders = await loadDecoders();
  while (decodeSome(task, decoders));
}

runThread((data) => void decodeAll(data as DecodeTask));
