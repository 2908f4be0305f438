/** The Go programs of the lessons and what real Go did with them. */
module paniclab.programs {
  requires static org.jspecify;
  requires transitive paniclab.model;

  exports paniclab.programs;
}
