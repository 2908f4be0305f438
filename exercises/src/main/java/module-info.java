/** Prediction items, answer keys, grading. */
module paniclab.exercises {
  requires static org.jspecify;
  requires paniclab.model;
  requires paniclab.programs;
  requires paniclab.diagrams;
}
