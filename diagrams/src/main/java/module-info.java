/** Trace or Verdict to figure. */
module paniclab.diagrams {
  requires static org.jspecify;
  requires guru.nidi.graphviz;
  requires transitive paniclab.model;
  requires run.endive.runtime;
  requires run.endive.wasm;

  exports paniclab.diagrams;
}
