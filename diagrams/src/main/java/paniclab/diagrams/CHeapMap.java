package paniclab.diagrams;

import java.util.List;
import paniclab.model.c.CHeap;

/**
 * The heap of C: its chunks in the order of their addresses, and the lists of free blocks.
 *
 * @param chunks the first few, and the top chunk
 * @param lists that are not empty
 * @param left how many more chunks there are
 */
public record CHeapMap(List<CHeap.Chunk> chunks, List<CHeap.FreeList> lists, int left)
    implements Diagram {
  /** The most chunks and the most blocks of a list that one picture shows. */
  public static final int MAX_CHUNKS = 24;

  public CHeapMap {
    chunks = List.copyOf(chunks);
    lists = List.copyOf(lists);
  }

  /** A heap as it is now. */
  public static CHeapMap of(CHeap heap) {
    List<CHeap.Chunk> all = heap.chunks();
    List<CHeap.FreeList> lists =
        heap.freeLists().stream()
            .limit(8)
            .map(l ->
                new CHeap.FreeList(l.name(), l.blocks().subList(0, Math.min(8, l.blocks().size()))))
            .toList();
    int kept = Math.min(MAX_CHUNKS, all.size());
    return new CHeapMap(all.subList(all.size() - kept, all.size()), lists, all.size() - kept);
  }
}
