/** Prediction items, answer keys, grading. */
module paniclab.exercises {
  requires static org.jspecify;
  requires transitive paniclab.model;
  requires transitive paniclab.programs;
  requires com.google.gson;
  requires org.apache.commons.csv;
  requires org.tomlj;
  requires paniclab.diagrams;
  requires paniclab.golang;

  exports paniclab.exercises;
  exports paniclab.exercises.feedback;
  exports paniclab.exercises.grading;
  exports paniclab.exercises.progress;
  exports paniclab.exercises.release;
}
