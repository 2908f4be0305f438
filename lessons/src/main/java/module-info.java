/** Chapters and the weaver that makes notebooks of them. */
module paniclab.lessons {
  requires static org.jspecify;
  requires paniclab.model;
  requires paniclab.programs;
  requires paniclab.diagrams;
  requires paniclab.exercises;
}
