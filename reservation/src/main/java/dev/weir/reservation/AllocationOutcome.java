package dev.weir.reservation;

/** What became of a request to make an allocation larger or smaller? */
public sealed interface AllocationOutcome {
    /** It is as large as asked, or larger by as much as was possible: {@code missing} units of it are not free, 0 or more. */
    record Set(Allotment now, int missing) implements AllocationOutcome {}

    /** The channel is being told the smaller number; the units become free once it has confirmed and its window is over. */
    record Shrinking(Allotment now) implements AllocationOutcome {}

    /** No such SKU in the brand's stock. */
    record UnknownSku() implements AllocationOutcome {}
}
