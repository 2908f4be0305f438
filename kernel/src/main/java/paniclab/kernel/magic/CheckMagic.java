package paniclab.kernel.magic;

import java.util.List;
import java.util.Optional;
import paniclab.exercises.grading.Checks;
import paniclab.exercises.grading.Gradable;
import paniclab.kernel.CellResult;
import paniclab.kernel.link.Display;

/**
 * {@code %check ITEM}: for graders, the points of what was answered; an error where nothing was.
 * {@code --of N} says what the item is worth in an assignment. It is answered here and not in the
 * worker: the worker runs the learner's code, which could change whatever it finds there.
 */
final class CheckMagic implements Magic {
  @Override
  public String name() {
    return "%check";
  }

  @Override
  public String usage() {
    return "%check ITEM [--of POINTS]";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    Arguments given = Arguments.parse(call.arguments(), List.of("of"), name(), context.messages());
    if (given.words().size() != 1) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    String item = given.words().getFirst();
    Optional<Double> of = Points.of(given.options().getOrDefault("of", ""), context.messages());
    return switch (context.answers().check(item)) {
      case Checks.Unknown(Optional<String> n) ->
          failed("UnknownItem", context.messages().get("check.unknown", item, n.orElse("-")));
      case Checks.Unavailable(String reason) ->
          failed("Unavailable", context.messages().get("check.nokey", item, reason));
      case Checks.Unanswered() ->
          failed("NotPredicted", context.messages().get("check.none", item));
      case Checks.Scored(double score, double max, Gradable.Detail detail) -> {
        context.show(call, Display.text(detail.text(context.locale())));
        yield CellResult.Ok.of(Optional.of(Display.text(Points.text(score, max, of))));
      }
    };
  }

  private static CellResult failed(String name, String message) {
    return new CellResult.Failed(name, message, List.of(message));
  }
}
