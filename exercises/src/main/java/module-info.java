/** Prediction items, answer keys, grading. */
module paniclab.exercises {
  requires static org.jspecify;
  requires transitive paniclab.model;
  requires transitive paniclab.programs;
  requires org.tomlj;

  exports paniclab.exercises;
}
