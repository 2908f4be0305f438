/** Trace or Verdict to figure. */
module paniclab.diagrams {
  requires static org.jspecify;
  requires guru.nidi.graphviz;
  requires transitive paniclab.model;

  exports paniclab.diagrams;
}
