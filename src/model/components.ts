/** The recursions of a graph: which names lead back to one another. */

interface Visit {
  readonly name: string;
  readonly next: readonly string[];
  at: number;
}

/**
 * Strongly connected components after Tarjan, without recursion of its own: chains of references may be long.
 *
 * @param names - all nodes
 * @param leadsTo - the nodes that one leads to directly
 * @returns groups of names that lead to one another; a group stands behind every group that it leads to
 */
export function components(
  names: readonly string[],
  leadsTo: (name: string) => readonly string[],
): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const lower = (name: string, value: number): void =>
    void lowest.set(name, Math.min(lowest.get(name) ?? Infinity, value));
  const enter = (name: string): Visit => {
    order.set(name, order.size);
    lower(name, order.size - 1);
    open.push(name);
    isOpen.add(name);
    return { name, next: leadsTo(name), at: 0 };
  };
  const leave = ({ name }: Visit, outer: Visit | undefined): void => {
    const low = lowest.get(name) ?? 0;
    if (outer !== undefined) lower(outer.name, low);
    if (low !== order.get(name)) return;
    const group = open.splice(open.lastIndexOf(name));
    for (const member of group) isOpen.delete(member);
    found.push(group);
  };
  for (const start of names) {
    const visits = order.has(start) ? [] : [enter(start)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const next = visit.next[visit.at];
      visit.at += 1;
      if (next === undefined) {
        visits.pop();
        leave(visit, visits.at(-1));
      } else if (!order.has(next)) visits.push(enter(next));
      else if (isOpen.has(next)) lower(visit.name, order.get(next) ?? 0);
    }
  }
  return found;
}
