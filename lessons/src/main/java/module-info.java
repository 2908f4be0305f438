/** Chapters and the weaver that makes notebooks of them. */
module paniclab.lessons {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.commonmark;
  requires org.commonmark.ext.front.matter;
  requires paniclab.model;
  requires transitive paniclab.golang;
  requires transitive paniclab.programs;
  requires paniclab.diagrams;
  requires transitive paniclab.exercises;

  exports paniclab.lessons;
  exports paniclab.lessons.explain;
  exports paniclab.lessons.lookup;
}
