package paniclab.model.machine;

/** A Go slice that is not nil. */
public record SliceValue(Cells cells, int offset, int length, int capacity) {}
