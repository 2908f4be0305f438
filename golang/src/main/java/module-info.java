/** Go source to Program. */
module paniclab.golang {
  requires static org.jspecify;
  requires transitive paniclab.model;

  exports paniclab.golang;
}
