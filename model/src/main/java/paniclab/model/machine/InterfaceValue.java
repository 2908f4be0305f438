package paniclab.model.machine;

/** A Go interface value that is not nil: a dynamic type and a value of it. */
public record InterfaceValue(RType type, long bits, Object ref) {}
