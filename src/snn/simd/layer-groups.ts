/** @file The memory of the synapses that carry spikes to a layer: by events, through lists of weight rows, or by products. */
import type { ScaledSynapses } from '../geometry.ts';
import { spikeGroup } from './group-memory.ts';
import { type LayerContext, table } from './layer-context.ts';
import type { LayerMemory, Merge } from './layer-memory.ts';
import { layOutProduct, type Product, type ProductMemory, productGroup } from './product-memory.ts';
import { descriptorBytes, GROUP_FIELDS } from './program/contract.ts';
import { isProduct, needsList, type RowMemory, rowBytes } from './row-memory.ts';
import { WAVE_PAGES } from './wavefront.ts';

export interface LayerGroups {
  readonly groups: number;
  /** The address of their descriptors. */
  readonly firstGroup: number;
  /** The groups whose row lists are made before the layer runs. */
  readonly merges: readonly Merge[];
  /** The products that are computed before the layer runs. */
  readonly products: readonly Product[];
}

/** Memory that the layers share: row lists of each group, or all that products need. */
export interface SharedMemory {
  readonly rows: readonly RowMemory[];
  readonly products: ProductMemory | null;
}

/**
 * Lays out the groups of a layer.
 * @param earlier the layers before this one
 */
export function groupsOf(
  context: LayerContext,
  scaled: readonly ScaledSynapses[],
  earlier: readonly LayerMemory[],
  shared: SharedMemory,
): LayerGroups {
  const { arena, plan, planes, index } = context;
  const byProducts = plan.products.has(index);
  const spiking = scaled.filter((s) => s.from >= 0);
  const listed = spiking.filter((s) => needsList(s, byProducts));
  const pages = plan.waves ? WAVE_PAGES : plan.window;
  const products = byProducts
    ? spiking
        .filter(isProduct)
        .map((s, g) => layOutProduct(context, s, g, earlier[s.from]!, shared.products!))
    : [];
  // products of counts come with the first step alone (layer-by-layer.ts): they stand before the others
  const ordered = plan.counted.has(index)
    ? [...products.map((product) => product.synapses), ...spiking.filter((s) => !isProduct(s))]
    : spiking;
  const groups = ordered.map((s) => {
    const product = products.find(({ synapses }) => synapses === s);
    if (product) return productGroup(product);
    return spikeGroup(context, s, earlier[s.from]!, shared.rows[listed.indexOf(s)], pages);
  });
  const firstGroup = table(arena, ...groups);
  const merges = listed.map((s) => ({
    group: firstGroup + ordered.indexOf(s) * descriptorBytes(GROUP_FIELDS),
    rowBytes: rowBytes(s, planes, pages),
    pages: plan.waves ? pages : 1,
  }));
  return { groups: groups.length, firstGroup, merges, products };
}
