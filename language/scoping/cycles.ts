// Which things lead back to themselves: the strongly connected components of a graph (Tarjan, 1972), without recursion.

/**
 * @param nodes where to start
 * @param next what a node leads to; asked for once each
 * @returns for each node that leads back to itself, the number of its component: nodes that lead to each other have the
 *   same. Cost: linear
 */
export function cyclesOf<N>(nodes: readonly N[], next: (node: N) => readonly N[]): Map<N, number> {
  const components = new Map<N, number>();
  const toItself = new Set<N>();
  const all = componentsOf(nodes, (node) => {
    const others = next(node);
    if (others.includes(node)) toItself.add(node);
    return others;
  });
  all.forEach((component, number) => {
    if (component.length > 1 || component.some((node) => toItself.has(node)))
      for (const node of component) components.set(node, number);
  });
  return components;
}

/**
 * The nodes that lead to each other, together.
 * @param next what a node leads to; asked for once each
 * @returns the components, each after all that it leads to. Cost: linear
 */
export function componentsOf<N>(nodes: readonly N[], next: (node: N) => readonly N[]): N[][] {
  const indices = new Map<N, number>();
  const lowest = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  const components: N[][] = [];
  const work: { readonly node: N; readonly next: readonly N[]; at: number }[] = [];
  const enter = (node: N): void => {
    lowest.set(node, indices.size);
    indices.set(node, indices.size);
    open.push(node);
    isOpen.add(node);
    work.push({ node, next: next(node), at: 0 });
  };
  for (const start of nodes) {
    if (indices.has(start)) continue;
    enter(start);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { node } = top;
      if (top.at < top.next.length) {
        const other = top.next[top.at++] as N;
        if (!indices.has(other)) enter(other);
        else if (isOpen.has(other)) lowest.set(node, Math.min(lowest.get(node) ?? 0, indices.get(other) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      const own = lowest.get(node) ?? 0;
      if (parent !== undefined) lowest.set(parent, Math.min(lowest.get(parent) ?? 0, own));
      if (own !== indices.get(node)) continue;
      const component = open.splice(open.lastIndexOf(node));
      for (const each of component) isOpen.delete(each);
      components.push(component);
    }
  }
  return components;
}
