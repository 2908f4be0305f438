/** The Go runtime in Java: pure, deterministic, steppable. */
module paniclab.model {
  requires static org.jspecify;
}
