/**
 * @file `playground`: serves the browser page from this machine to this machine.
 */
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import { integer } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { playgroundFolder } from '../playground/folder.ts';
import { withPretrained, withTrainingData } from '../playground/networks.ts';
import { filesBelow, serve } from '../playground/serve.ts';

const PORT = 4343;

export const playground: Command = defineCommand({
  name: 'playground',
  summary: 'serves the browser page: draw a digit, see both networks answer',
  description:
    'Serves the playground at a loopback address, to this machine alone, until it is interrupted (Ctrl-C). The page draws, trains, ' +
    'converts and simulates in the browser; nothing is sent anywhere. The pretrained networks of this machine are offered too, with test images where their data sets are here, and MNIST (or Fashion-MNIST, KMNIST) to learn from where it is here. The same ' +
    'files (dist/playground) work on any static host.',
  positionals: [],
  options: { port: integer(PORT, 'where to listen; 0: any port that is free', 0, 65535) },
  examples: [{ line: 'strelu playground --port 8080', says: 'then open http://127.0.0.1:8080/' }],
  async run({ options, config, print }) {
    const own = await filesBelow(await playgroundFolder());
    const page = await withTrainingData(await withPretrained(own, options.data), options.data);
    const server = await serve(page, options.port);
    config.address = server.address;
    print(`playground: ${server.address}\nCtrl-C ends it.`);
    await new Promise<void>((resolve) => {
      beforeInterrupt(async () => {
        await server.close();
        resolve();
        return undefined;
      });
    });
    return { exit: 0, result: {} };
  },
});
