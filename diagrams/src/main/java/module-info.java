/** Trace or Verdict to figure. */
module paniclab.diagrams {
  requires static org.jspecify;
  requires paniclab.model;
}
