package paniclab.exercises;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys computed by the model, each once. */
public final class ModelKeys implements KeySource {
  private final ItemBank bank;
  private final Map<String, Lookup> known = new ConcurrentHashMap<>();

  private ModelKeys(ItemBank bank) {
    this.bank = bank;
  }

  /** Keys for the items of a bank. */
  public static ModelKeys of(ItemBank bank) {
    return new ModelKeys(bank);
  }

  @Override
  public Lookup key(PredictionItem item) {
    return known.computeIfAbsent(item.id(), _ -> compute(item));
  }

  private Lookup compute(PredictionItem item) {
    return new Lookup.None(
        "the machine that runs program " + bank.program(item).id() + " is not built yet");
  }
}
