package paniclab.model.machine;

/** A complex number; complex64 parts are rounded to float. */
public record ComplexValue(double real, double imaginary) {
  /** 0+0i. */
  public static final ComplexValue ZERO = new ComplexValue(0, 0);

  /** Go's ==, where 0 equals -0 and NaN equals nothing. */
  public boolean same(ComplexValue o) {
    return real == o.real && imaginary == o.imaginary;
  }
}
