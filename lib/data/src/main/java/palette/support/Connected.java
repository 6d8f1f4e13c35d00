package palette.support;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The connected parts of a graph, by union and find. */
public final class Connected {
  private final int[] parent; // -1: not linked so far

  /** Of so many nodes, none of them linked. */
  public Connected(int nodes) {
    parent = new int[nodes];
    Arrays.fill(parent, -1);
  }

  /** Puts two nodes into one part. */
  public void link(int a, int b) {
    if (parent[a] < 0) parent[a] = a;
    if (parent[b] < 0) parent[b] = b;
    parent[root(a)] = root(b);
  }

  /** The node that stands for the part of a linked node. */
  public int root(int node) {
    int i = node;
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }

  /** How many nodes are linked. */
  public int linked() {
    return (int) Arrays.stream(parent).filter(p -> p >= 0).count();
  }

  /** How many parts the linked nodes make. */
  public int count() {
    return (int) IntStream.range(0, parent.length).filter(i -> parent[i] == i).count();
  }
}
