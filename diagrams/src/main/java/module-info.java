/** Trace or Verdict to figure. */
module paniclab.diagrams {
  requires static org.jspecify;
  requires com.google.gson;
  requires guru.nidi.graphviz;
  requires transitive paniclab.model;
  requires run.endive.runtime;
  requires run.endive.wasm;

  exports paniclab.diagrams;

  // Gson reads the records of the stepper.
  opens paniclab.diagrams to
      com.google.gson;
}
