// Which things lead back to themselves: the strongly connected components of a graph (Tarjan, 1972), without recursion.

/**
 * @param nodes where to start
 * @param next what a node leads to
 * @returns for each node that leads back to itself, the number of its component: nodes that lead to each other have the same. Cost: linear
 */
export function cyclesOf<N>(nodes: readonly N[], next: (node: N) => readonly N[]): Map<N, number> {
  const indices = new Map<N, number>();
  const lowest = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  const components = new Map<N, number>();
  let count = 0;
  for (const start of nodes) {
    if (indices.has(start)) continue;
    const work: { readonly node: N; readonly next: readonly N[]; at: number }[] = [];
    const enter = (node: N): void => {
      indices.set(node, indices.size);
      lowest.set(node, indices.size - 1);
      open.push(node);
      isOpen.add(node);
      work.push({ node, next: next(node), at: 0 });
    };
    enter(start);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { node } = top;
      const other = top.next[top.at++];
      if (other === undefined) {
        work.pop();
        const parent = work.at(-1)?.node;
        const own = lowest.get(node) ?? 0;
        if (parent !== undefined) lowest.set(parent, Math.min(lowest.get(parent) ?? 0, own));
        if (own !== indices.get(node)) continue;
        const component = open.splice(open.lastIndexOf(node));
        for (const each of component) isOpen.delete(each);
        if (component.length > 1 || top.next.includes(node)) for (const each of component) components.set(each, count);
        count++;
      } else if (!indices.has(other)) enter(other);
      else if (isOpen.has(other)) lowest.set(node, Math.min(lowest.get(node) ?? 0, indices.get(other) ?? 0));
    }
  }
  return components;
}
