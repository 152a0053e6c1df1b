/**
 * @file Test images of the data sets of this machine, for the page: a few of each, as bytes. First one class for each image, then the
 * images, channels last.
 */
import { InputError } from '../../errors.ts';
import { DATASET_NAMES, openDataset } from '../../io/open-dataset.ts';

/** How many images of a data set the page gets. */
const IMAGES = 60;

/** null where this machine does not have the data set. */
export async function samplesOf(dataset: string, directory: string | null): Promise<Uint8Array | null> {
  const name = DATASET_NAMES.find((known) => known === dataset);
  if (!name) return null;
  try {
    const options = { limit: IMAGES, ...(directory !== null && { directory }) };
    const { labels, images } = await openDataset(name, 'test', options);
    return Uint8Array.from([...labels, ...images]);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
